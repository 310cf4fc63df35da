package dev.millrace.scheduler;

import dev.millrace.stream.JobStreams;
import java.time.Duration;

/** Asks each second whether Redis answers and is open for work; what it found last is what health tells. */
public final class StreamsWatch {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private final JobStreams streams;
    private volatile boolean open;

    public StreamsWatch(JobStreams streams) {
        this.streams = streams;
    }

    /** Throws what the streams throw while they cannot be used. */
    public Duration lookOnce() {
        try {
            streams.epoch();
            open = true;
            return PERIOD;
        } catch (RuntimeException unavailable) {
            open = false;
            throw unavailable;
        }
    }

    /** Whether the last look found Redis open for work. */
    public boolean open() {
        return open;
    }
}
