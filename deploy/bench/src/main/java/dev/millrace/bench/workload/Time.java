package dev.millrace.bench.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How the bench sees time, and waits.
 *
 * @param clock the machine's, that the tasks look at too
 * @param nanos of a clock that is never set
 * @param atMost the longest wait for anything
 */
public record Time(InstantSource clock, LongSupplier nanos, Pause pause, Duration atMost) {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Nanoseconds since 1970. */
    public long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /**
     * Looks every 20 ms until it is so.
     *
     * @throws TookTooLong if it is not so in time
     */
    public void until(String what, BooleanSupplier done) {
        until(what, TICK, done);
    }

    /** The same, looking less often at what is dear to look at. */
    public void until(String what, Duration tick, BooleanSupplier done) {
        long began = nanos.getAsLong();
        while (!done.getAsBoolean()) {
            if (nanos.getAsLong() - began > atMost.toNanos()) {
                throw new TookTooLong("Waited " + atMost.toSeconds() + " s for " + what + ".");
            }
            rest(tick);
        }
    }

    void rest(Duration time) {
        try {
            pause.of(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring.", e);
        }
    }
}
