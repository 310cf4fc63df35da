package dev.millrace.api.service.wiring;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.RedisJobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** One connection to Redis for all calls that do not block. */
final class RedisWiring {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** An api instance takes no jobs, so its name as a consumer of lanes is never used. */
    private static final String CONSUMER = "api";

    @Produces
    @Singleton
    StreamNames names() {
        return StreamNames.DEFAULT;
    }

    @Produces
    @Singleton
    RedisMeters failures(MeterRegistry meters) {
        return new RedisMeters(meters);
    }

    @Produces
    @Singleton
    RedisLink link(Redis redis, RedisMeters failures) {
        return new RedisLink(redis, TIMEOUT, failures);
    }

    void close(@Disposes RedisLink link) {
        link.close();
    }

    @Produces
    @Singleton
    JobStreams streams(RedisLink link, StreamNames names) {
        return new RedisJobStreams(link, link, names, CONSUMER);
    }
}
