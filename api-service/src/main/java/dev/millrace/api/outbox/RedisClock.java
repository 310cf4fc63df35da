package dev.millrace.api.outbox;

import dev.millrace.stream.jobs.ServerClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Redis's time as far as it is known here, never ahead of it: read each second, and carried on by this machine's
 * monotonic clock from the moment when the answer arrived. Unknown while Redis cannot be reached.
 */
@Singleton
public class RedisClock {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Reading(Instant time, long nanos) {}

    private final ServerClock streams;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Reading> latest = new AtomicReference<>();

    public RedisClock(ServerClock streams, LongSupplier nanos) {
        this.streams = streams;
        this.nanos = nanos;
    }

    public Duration refreshOnce() {
        try {
            Instant time = streams.time();
            latest.set(new Reading(time, nanos.getAsLong()));
            return PAUSE;
        } catch (RuntimeException unknown) {
            forget();
            throw unknown;
        }
    }

    /** The time of now; empty while Redis is not known to answer. */
    public Optional<Instant> now() {
        Reading reading = latest.get();
        return reading == null
                ? Optional.empty()
                : Optional.of(reading.time().plusNanos(nanos.getAsLong() - reading.nanos()));
    }

    /** Told by whoever found that Redis does not answer; until the next successful reading the time is unknown. */
    public void forget() {
        latest.set(null);
    }
}
