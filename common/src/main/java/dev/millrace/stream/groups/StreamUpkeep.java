package dev.millrace.stream.groups;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import java.time.Duration;

/** Keeps a stream short behind the one group that reads it, and the group free of processes that are gone. */
public final class StreamUpkeep {

    private static final Duration KEEP = Duration.ofHours(1);
    private static final long KEEP_BYTES = 64L << 20;
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final StreamTrim trim;
    private final SilentConsumers silent;

    public StreamUpkeep(RedisLink link, StreamNames names, String stream, String group) {
        this.trim = new StreamTrim(link, stream, group);
        this.silent = new SilentConsumers(link, names, stream, group);
    }

    /**
     * Removes what is acknowledged and older than an hour or beyond 64 MiB, and consumers that were silent for ten minutes.
     * Returns how long to pause: a minute.
     */
    public Duration once() {
        trim.trim(KEEP, KEEP_BYTES);
        silent.forget(SILENCE);
        return PAUSE;
    }
}
