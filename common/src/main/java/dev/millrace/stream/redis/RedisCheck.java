package dev.millrace.stream.redis;

import java.util.Map;
import java.util.Optional;

/** Whether a Redis is one that jobs can be trusted to: new enough for functions, and not set to evict keys. */
public final class RedisCheck {

    private static final int OLDEST_MAJOR = 7;
    private static final String KEEPS_ALL = "noeviction";

    private RedisCheck() {}

    /**
     * Returns if Redis can be trusted.
     *
     * @throws IllegalStateException if it cannot, saying what to change
     * @throws StreamsUnavailable if it cannot be asked
     */
    public static void require(RedisLink link) {
        complaint(ServerInfo.of(link, "server"), ServerInfo.of(link, "memory")).ifPresent(complaint -> {
            throw new IllegalStateException(complaint);
        });
    }

    /** As {@link #require}, for a start: a Redis that cannot be asked now is asked when it comes. */
    public static void requireIfReachable(RedisLink link) {
        try {
            require(link);
        } catch (StreamsUnavailable away) {
            return;
        }
    }

    static Optional<String> complaint(Map<String, String> server, Map<String, String> memory) {
        String version = server.getOrDefault("redis_version", "0");
        if (major(version) < OLDEST_MAJOR) {
            return Optional.of("Redis is version " + version + ", but Millrace needs 7.0 or later. Upgrade it.");
        }
        String policy = memory.getOrDefault("maxmemory_policy", KEEPS_ALL);
        return policy.equals(KEEPS_ALL)
                ? Optional.empty()
                : Optional.of("Redis has maxmemory-policy '" + policy
                        + "' and would throw jobs away when it is full. Set it to 'noeviction'.");
    }

    private static int major(String version) {
        String digits = version.split("\\.", 2)[0];
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }
}
