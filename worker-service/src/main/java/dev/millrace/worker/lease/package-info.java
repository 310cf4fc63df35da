/**
 * A worker's right to its jobs, and what happens to the jobs of a worker that has lost it.
 *
 * <p>{@link dev.millrace.worker.lease.LeaseKeeper} renews on a thread of its own; {@link
 * dev.millrace.worker.lease.LeaseReclaimer} reclaims what others no longer renew. {@link dev.millrace.worker.lease.ConnectionKeeper} says by which
 * connection this worker lives, and {@link dev.millrace.worker.lease.ConnectionWatch} ends the leases of those whose
 * connection is gone. {@link
 * dev.millrace.worker.lease.SuspectLane} runs, one at a time and with nothing beside them, the jobs whose workers keep
 * dying. A worker that was paused finds its lease in doubt before it starts anything.
 */
@NullMarked
package dev.millrace.worker.lease;

import org.jspecify.annotations.NullMarked;
