package dev.millrace.stream.groups;

import java.time.Duration;

/** Keeps a stream short behind a group that reads it, and the group free of processes that are gone. */
public final class StreamUpkeep {

    private static final Duration SILENCE = Duration.ofMinutes(10);
    /** How often it is to be done. */
    public static final Duration PERIOD = Duration.ofMinutes(1);

    private final StreamTrim trim;
    private final SilentConsumers silent;
    private final Duration keep;
    private final long keepBytes;

    StreamUpkeep(StreamTrim trim, SilentConsumers silent, Duration keep, long keepBytes) {
        this.trim = trim;
        this.silent = silent;
        this.keep = keep;
        this.keepBytes = keepBytes;
    }

    /** Does both. */
    public void once() {
        trimOnce();
        forgetOnce();
    }

    /** Removes what is acknowledged and older, or more, than is to be kept. */
    public void trimOnce() {
        trim.trim(keep, keepBytes);
    }

    /** Removes consumers that were silent for ten minutes and hold nothing. */
    public void forgetOnce() {
        silent.forget(SILENCE);
    }
}
