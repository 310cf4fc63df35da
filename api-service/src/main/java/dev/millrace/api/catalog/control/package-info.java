/**
 * Tells workers and schedulers what operators want of them, and answers with what they reply.
 *
 * <p>A command goes to the processes by a stream that each of them reads for itself, and comes back as a reply of each. Nothing is
 * kept of it: one that nobody replies to in time has not been obeyed, or the reply was lost, and whoever asked is told so. What a worker says of itself
 * in its reply is recorded before the answer, so that a GET behind it shows at least that.
 */
@NullMarked
package dev.millrace.api.catalog.control;

import org.jspecify.annotations.NullMarked;
