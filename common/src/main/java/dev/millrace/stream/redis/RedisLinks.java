package dev.millrace.stream.redis;

import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes connections to the Redis of a service: one for each caller that blocks, and one that all others share. */
public record RedisLinks(Redis redis, RedisMeters failures) implements Supplier<RedisLink> {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A connection of its own, which opens with its first call. A call may take 2 s on top of what it blocks. */
    @Override
    public RedisLink get() {
        return new RedisLink(redis, TIMEOUT, failures);
    }
}
