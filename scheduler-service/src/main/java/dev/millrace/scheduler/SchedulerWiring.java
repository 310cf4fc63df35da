package dev.millrace.scheduler;

import dev.millrace.loop.Loops;
import dev.millrace.stream.RedisJobStreams;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.RedisMeters;
import dev.millrace.stream.StreamNames;
import io.micrometer.core.instrument.MeterRegistry;
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
    Loops loops(MeterRegistry meters) {
        return new Loops(meters, StreamsWatch.PERIOD);
    }

    @Produces
    @Singleton
    StreamsWatch streamsWatch(Redis redis, MeterRegistry meters) {
        RedisLink link = new RedisLink(redis, COMMAND_TIMEOUT, new RedisMeters(meters));
        return new StreamsWatch(new RedisJobStreams(link, link, StreamNames.DEFAULT, "scheduler"));
    }
}
