package dev.millrace.stream.redis;

/** What the latest call found Redis to be. */
public enum RedisState {
    /** Nobody has asked yet. */
    UNKNOWN,
    OPEN,
    /** Restarted or emptied, and waiting for an api instance. */
    COLD,
    /** Answers, but not as wanted: full, or without a right that it would have to grant. */
    REFUSING,
    UNREACHABLE;

    public static RedisState of(StreamsUnavailable failure) {
        return switch (failure) {
            case StreamsUnavailable.Cold cold -> COLD;
            case StreamsUnavailable.Refused refused -> REFUSING;
            case StreamsUnavailable away -> UNREACHABLE;
        };
    }
}
