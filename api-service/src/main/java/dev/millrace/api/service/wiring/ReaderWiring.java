package dev.millrace.api.service.wiring;

import dev.millrace.api.base.instance.Instance;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisMeters;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;

/** What those who read events are given. */
final class ReaderWiring {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int NAME_BYTES = 8;

    /** Readers block, so each has a connection of its own. */
    @Produces
    @Singleton
    Supplier<RedisLink> links(Redis redis, RedisMeters failures) {
        return () -> new RedisLink(redis, TIMEOUT, failures);
    }

    @Produces
    @Singleton
    Instance instance() {
        byte[] chance = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(chance);
        return new Instance("api-" + HexFormat.of().formatHex(chance));
    }
}
