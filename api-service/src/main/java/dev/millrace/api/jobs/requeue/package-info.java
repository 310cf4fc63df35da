/**
 * Letting jobs go on that ended without success, as the next run of the same job.
 *
 * <p>One commit continues the row from its end, marks the dead letter that the end left, and leaves the outbox row by which
 * the job comes to its queue, however Redis fares. The end stays behind as the place up to which the row is superseded: whatever is still told of runs
 * up to it changes nothing. Rows are locked in the order of their ids, jobs before dead letters, so that of two callers one
 * requeues a job and the other learns of it.
 */
@NullMarked
package dev.millrace.api.jobs.requeue;

import org.jspecify.annotations.NullMarked;
