package dev.millrace.api.record.projection;

import dev.millrace.stream.groups.StreamTrim;
import java.time.Duration;

/** Shortens the events stream behind what the record holds. */
final class EventTrim {

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final StreamTrim stream;
    private final ProjectionConfig config;

    EventTrim(StreamTrim stream, ProjectionConfig config) {
        this.stream = stream;
        this.config = config;
    }

    /** Returns how long to wait before the next time. */
    Duration trimOnce() {
        stream.trim(config.keep(), config.keepBytes());
        return BETWEEN;
    }
}
