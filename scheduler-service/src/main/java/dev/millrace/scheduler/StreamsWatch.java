package dev.millrace.scheduler;

import dev.millrace.scheduler.timers.TimerMeters;
import dev.millrace.stream.TimerStreams;
import java.time.Duration;

/** Asks each second whether Redis is open for work, and how much waits there; health and meters tell what it found last. */
final class StreamsWatch {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final TimerStreams streams;
    private final TimerMeters meters;
    private volatile boolean open;
    private volatile boolean closed;

    StreamsWatch(TimerStreams streams, TimerMeters meters) {
        this.streams = streams;
        this.meters = meters;
    }

    /** Throws what the streams throw while they cannot be used. */
    Duration lookOnce() {
        try {
            streams.epoch();
            meters.waits(streams.backlog());
            open = true;
            return PERIOD;
        } catch (RuntimeException unavailable) {
            open = false;
            throw unavailable;
        }
    }

    /** From now on it is not open, whatever it finds. */
    void close() {
        closed = true;
    }

    /** Whether the last look found Redis open for work. */
    boolean open() {
        return open && !closed;
    }
}
