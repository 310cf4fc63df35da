package dev.millrace.worker.take;

import java.util.EnumSet;
import java.util.Set;

/**
 * Whether this worker may take and start jobs. Closed for any number of reasons at once, open when none is left. What
 * runs goes on.
 */
public final class TakeControl {

    public enum Reason {
        /** No renewal has succeeded yet, or none for two thirds of a lease: others may hold what we hold. */
        LEASE_IN_DOUBT,
        /** A suspect is about to run alone, or runs. */
        SUSPECT,
        /** The worker was told to rest, until it is told to go on. */
        RESTING,
        /** The worker has run for as long as it may: once nothing is left in its hands it ends, for another to be started in its place. */
        RECYCLING,
        /** The worker is stopping. */
        DRAINING
    }

    private final Set<Reason> closed = EnumSet.noneOf(Reason.class);

    public synchronized boolean open() {
        return closed.isEmpty();
    }

    public synchronized boolean closedFor(Reason reason) {
        return closed.contains(reason);
    }

    public synchronized void close(Reason reason) {
        closed.add(reason);
    }

    public synchronized void reopen(Reason reason) {
        closed.remove(reason);
    }
}
