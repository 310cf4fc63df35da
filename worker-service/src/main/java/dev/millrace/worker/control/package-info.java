/**
 * What operators ask of this worker: to answer, to rest and go on, to stop, to run more or fewer jobs at once, to serve a queue
 * and to leave one. It is obeyed at once and holds until the process ends; the next process begins as it is configured.
 *
 * <p>Jobs that wait here for a slot go back to their queue when the worker rests or leaves it, also those that a reader which was
 * blocked in Redis brings afterwards. What runs goes on.
 */
@NullMarked
package dev.millrace.worker.control;

import org.jspecify.annotations.NullMarked;
