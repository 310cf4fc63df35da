package dev.millrace.proving.chaos.time;

import java.time.Duration;
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

    /** How time passes, so that a test need not wait for it. */
    @FunctionalInterface
    public interface Pause {

        void of(Duration time) throws InterruptedException;
    }

    /** Milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }

    /** What has passed since a reading of {@link #nanos}. */
    public Duration since(long began) {
        return Duration.ofNanos(nanos.getAsLong() - began);
    }

    /** Looks ten times a second until it is so, and returns how long that took; the whole time if it never was. */
    public Duration until(Duration atMost, BooleanSupplier done) {
        long began = nanos.getAsLong();
        while (!done.getAsBoolean() && since(began).compareTo(atMost) < 0) {
            rest(TICK);
        }
        return since(began);
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
