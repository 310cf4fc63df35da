package dev.millrace.worker.tasks.monitor;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.Backlogs;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the monitors what they look at. */
@Singleton
final class MonitorWiring {

    @Produces
    @Singleton
    QueueSight sight(RedisLink link, TakeConfig config, TaskRegistry registry) {
        return new QueueSight(
                new Backlogs(link, StreamNames.DEFAULT),
                new RedisTime(link),
                Serving.of(config, registry).stream().map(Serving::queue).toList());
    }

    @Produces
    @Singleton
    RedisTime redisTime(RedisLink link) {
        return new RedisTime(link);
    }
}
