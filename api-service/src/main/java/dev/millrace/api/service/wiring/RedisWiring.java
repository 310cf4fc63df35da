package dev.millrace.api.service.wiring;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisLinks;
import dev.millrace.stream.redis.RedisMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How Redis is reached: one connection for all calls that do not block, and those that readers ask for. */
final class RedisWiring {

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

    /** Readers block, so each has a connection of its own. */
    @Produces
    @Singleton
    RedisLinks links(Redis redis, RedisMeters failures) {
        return new RedisLinks(redis, failures);
    }

    @Produces
    @Singleton
    RedisLink link(RedisLinks links) {
        return links.get();
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
