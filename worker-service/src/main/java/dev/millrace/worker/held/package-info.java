/**
 * What a worker has in its hands: entries that wait for a slot, run, or have ended and are not settled.
 *
 * <p>A {@link dev.millrace.worker.held.JobRun} is one of them, from when it is taken until Redis knows how it ended; its
 * phases only go forward. {@link dev.millrace.worker.held.HeldJobs} has all of them, for those who renew, limit and stop
 * them. A crash leaves every one of them pending, and their leases run out.
 */
@NullMarked
package dev.millrace.worker.held;

import org.jspecify.annotations.NullMarked;
