package dev.millrace.worker.tasks.monitor;

import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.groups.Backlogs;
import dev.millrace.stream.groups.Backlogs.Backlog;
import dev.millrace.stream.redis.RedisTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of queues.
 *
 * @param served by this worker
 */
record QueueSight(Backlogs backlogs, RedisTime clock, List<QueueName> served) {

    Waiting of(QueueName queue) {
        List<Backlog> lanes = Backlogs.lanesOf(queue).stream().map(backlogs::of).toList();
        return new Waiting(lanes.stream().mapToLong(Backlog::ready).sum(), age(lanes, clock.now()));
    }

    private static long age(List<Backlog> lanes, Instant now) {
        return lanes.stream()
                .map(Backlog::oldest)
                .flatMap(Optional::stream)
                .mapToLong(EntryId::millis)
                .map(since -> Math.max(0, now.toEpochMilli() - since))
                .max()
                .orElse(0);
    }
}
