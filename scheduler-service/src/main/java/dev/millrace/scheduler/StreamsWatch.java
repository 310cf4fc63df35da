package dev.millrace.scheduler;

import dev.millrace.stream.JobStreams;
import dev.millrace.stream.RedisState;
import dev.millrace.stream.StreamsUnavailable;
import java.time.Duration;

/** Asks each second whether Redis answers and is open for work; what it found last is what health tells. */
public final class StreamsWatch {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private final JobStreams streams;
    private volatile RedisState redis = RedisState.UNKNOWN;
    private volatile int epoch;

    public StreamsWatch(JobStreams streams) {
        this.streams = streams;
    }

    /** Throws what the streams throw while they cannot be used. */
    public Duration lookOnce() {
        try {
            epoch = streams.epoch();
            redis = RedisState.OPEN;
            return PERIOD;
        } catch (StreamsUnavailable unavailable) {
            redis = RedisState.of(unavailable);
            throw unavailable;
        }
    }

    /** What the last look found. */
    public RedisState redis() {
        return redis;
    }

    /** Redis's epoch when it was last found open; 0 before. */
    public int epoch() {
        return epoch;
    }
}
