package dev.millrace.local.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A clock, and waits that end.
 *
 * @param clock the machine's, that the tasks look at too
 * @param nanos of a clock that is never set
 */
public record Time(InstantSource clock, LongSupplier nanos, Pause pause) {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How time passes, so that a test need not wait for it. */
    @FunctionalInterface
    public interface Pause {

        void of(Duration time) throws InterruptedException;
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

    /** What has passed since a reading of {@link #nanos}. */
    public Duration since(long began) {
        return Duration.ofNanos(nanos.getAsLong() - began);
    }

    /** Looks ten times a second until it is so, and returns how long that took; the whole time if it never was. */
    public Duration until(Duration atMost, BooleanSupplier done) {
        long began = nanos.getAsLong();
        comes(atMost, TICK, done);
        return since(began);
    }

    /** Looks every tick until it is so; returns false if it is not in time. */
    public boolean comes(Duration atMost, Duration tick, BooleanSupplier done) {
        long began = nanos.getAsLong();
        while (!done.getAsBoolean()) {
            if (since(began).compareTo(atMost) >= 0) {
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
