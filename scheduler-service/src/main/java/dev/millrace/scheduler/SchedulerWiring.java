package dev.millrace.scheduler;

import dev.millrace.stream.RedisJobStreams;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.StreamNames;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Ties the scheduler to its Redis. */
@Singleton
final class SchedulerWiring {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

    @Produces
    @Singleton
    StreamsWatch streamsWatch(Redis redis) {
        RedisLink link = new RedisLink(redis, COMMAND_TIMEOUT);
        return new StreamsWatch(new RedisJobStreams(link, link, StreamNames.DEFAULT, "scheduler"));
    }
}
