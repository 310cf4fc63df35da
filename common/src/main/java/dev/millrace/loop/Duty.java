package dev.millrace.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A short role with a fixed rate, which waits for nothing but answers. Somebody else has the thread and calls {@link #turn}.
 * Whatever the work throws is logged, as {@link FailureLog} says, and counted; the next turn comes at its time.
 */
public final class Duty implements Turning {

    /** One turn of a role. */
    @FunctionalInterface
    public interface Work {

        /** Does what there is to do. */
        void once() throws Exception;
    }

    private final String name;
    private final Duration period;
    private final Work work;
    private final LongSupplier nanos;
    private final FailureLog log;
    private final AtomicLong failures = new AtomicLong();
    private volatile long dueNanos;
    private volatile boolean stopping;

    /**
     * Turns not yet.
     *
     * @param nanos a monotonic reading, by which it measures how late it is
     */
    Duty(String name, Duration period, Work work, LongSupplier nanos, FailureLog log) {
        this.name = name;
        this.period = period;
        this.work = work;
        this.nanos = nanos;
        this.log = log;
        this.dueNanos = nanos.getAsLong() + period.toNanos();
    }

    @Override
    public String name() {
        return name;
    }

    /** From the start on: its first turn comes when there is time for it. */
    @Override
    public boolean begun() {
        return true;
    }

    @Override
    public Duration overdue() {
        return Duration.ofNanos(Math.max(0, nanos.getAsLong() - dueNanos));
    }

    @Override
    public long failures() {
        return failures.get();
    }

    /** Lets no further turn do anything. Waits for none: one that is at work is short. */
    @Override
    public boolean stop(Duration patience) {
        stopping = true;
        return true;
    }

    /** Works once, unless it has ended. Never throws. For one thread at a time. */
    void turn() {
        if (stopping) {
            return;
        }
        dueNanos = nanos.getAsLong();
        try {
            work.once();
            log.turnedWell();
        } catch (Throwable failure) {
            failed(failure);
        }
        dueNanos = nanos.getAsLong() + period.toNanos();
    }

    private void failed(Throwable failure) {
        if (!stopping) {
            failures.incrementAndGet();
            log.failed(failure, period);
        }
    }
}
