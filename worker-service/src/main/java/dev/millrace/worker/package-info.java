/**
 * The worker service: takes jobs from queues, runs their tasks, and says how they ended. It has no database and does not
 * decide when something runs.
 */
@NullMarked
package dev.millrace.worker;

import org.jspecify.annotations.NullMarked;
