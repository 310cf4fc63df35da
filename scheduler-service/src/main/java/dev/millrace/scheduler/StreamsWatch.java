package dev.millrace.scheduler;

import dev.millrace.scheduler.timers.TimerMeters;
import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.stream.timers.TimerStreams;
import java.time.Duration;

/** Asks each second whether Redis is open for work, and how much waits there; health and meters tell what it found last. */
final class StreamsWatch {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final TimerStreams streams;
    private final TimerMeters meters;
    private volatile RedisState redis = RedisState.UNKNOWN;
    private volatile int epoch;

    StreamsWatch(TimerStreams streams, TimerMeters meters) {
        this.streams = streams;
        this.meters = meters;
    }

    /** Throws what the streams throw while they cannot be used. */
    Duration lookOnce() {
        try {
            epoch = streams.epoch();
            meters.waits(streams.backlog());
            redis = RedisState.OPEN;
            return PERIOD;
        } catch (StreamsUnavailable unavailable) {
            redis = RedisState.of(unavailable);
            throw unavailable;
        }
    }

    /** What the last look found. */
    RedisState redis() {
        return redis;
    }

    /** Redis's epoch when it was last found open; 0 before. */
    int epoch() {
        return epoch;
    }
}
