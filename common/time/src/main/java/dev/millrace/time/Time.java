package dev.millrace.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The time of a process: its clock, its stopwatch and its pauses. Everything that reads or spends time takes one, so
 * that a test moves time instead of waiting for it.
 *
 * @param clock the machine's, which may be set forward and back
 * @param nanos a monotonic reading in nanoseconds, which only means something beside another one
 * @param pause lets time pass
 */
public record Time(InstantSource clock, LongSupplier nanos, Pause pause) {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Lets time pass; in production {@link Thread#sleep(Duration)}. */
    @FunctionalInterface
    public interface Pause {

        void of(Duration time) throws InterruptedException;
    }

    public Instant instant() {
        return clock.instant();
    }

    /** Milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }

    /** Nanoseconds since 1970. */
    public long stamp() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** The stopwatch's reading, for {@link #since} and {@link #passed}. */
    public long reading() {
        return nanos.getAsLong();
    }

    /** Returns what has passed since a {@link #reading}. */
    public Duration since(long reading) {
        return Duration.ofNanos(nanos.getAsLong() - reading);
    }

    /** Whether at least this much has passed since a {@link #reading}. */
    public boolean passed(Duration atLeast, long reading) {
        return nanos.getAsLong() - reading >= atLeast.toNanos();
    }

    /** Looks ten times a second until it is so, and returns how long that took; the whole time if it never was. */
    public Duration until(Duration atMost, BooleanSupplier done) {
        long began = nanos.getAsLong();
        comes(atMost, TICK, done);
        return since(began);
    }

    /**
     * Looks every tick until it is so; returns false if it is not in time.
     *
     * @throws Stopped if the thread was interrupted meanwhile
     */
    public boolean comes(Duration atMost, Duration tick, BooleanSupplier done) {
        long began = nanos.getAsLong();
        while (!done.getAsBoolean()) {
            if (passed(atMost, began)) {
                return false;
            }
            rest(tick);
        }
        return true;
    }

    /**
     * Lets time pass.
     *
     * @throws Stopped if the thread was interrupted meanwhile
     */
    public void rest(Duration time) {
        try {
            pause.of(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }
}
