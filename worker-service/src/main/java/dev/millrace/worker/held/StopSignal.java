package dev.millrace.worker.held;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signals a task that its run should come to an end, and why. The first reason interrupts the task's thread; later ones
 * leave it alone, so that it can clean up, unless they are final.
 */
public final class StopSignal {

    /** Why a run should end. */
    public enum Reason {
        /** Somebody cancelled the job. */
        CANCELLED(false),
        /** It has passed its soft limit. */
        SOFT_LIMIT(false),
        /** Another worker may have taken the job over, and its task must not run twice at a time. */
        LEASE_IN_DOUBT(false),
        /** Another worker has taken the job over. */
        LEASE_LOST(true),
        /** This worker stops, and its grace is over. */
        HANDED_BACK(true),
        /** It has passed its limit; the job has ended. */
        TIME_OVER(true);

        private final boolean isFinal;

        Reason(boolean isFinal) {
            this.isFinal = isFinal;
        }
    }

    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private final CountDownLatch asked = new CountDownLatch(1);

    /** Each reason counts once. Who sees it here also finds the thread interrupted, and the other way round. */
    synchronized void ask(Reason why, @Nullable Thread thread) {
        boolean interrupt = reasons.add(why) && (reasons.size() == 1 || why.isFinal);
        if (interrupt && thread != null) {
            thread.interrupt();
        }
        asked.countDown();
    }

    /** Whether there is any reason. */
    public synchronized boolean isAsked() {
        return !reasons.isEmpty();
    }

    /** Whether this is one of the reasons. */
    public synchronized boolean isAskedFor(Reason why) {
        return reasons.contains(why);
    }

    /** All reasons so far. */
    public synchronized Set<Reason> reasons() {
        return Set.copyOf(reasons);
    }

    /** True as soon as it is asked; false if that did not happen in time. */
    public boolean awaitAsked(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
