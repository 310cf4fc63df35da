package dev.millrace.api.catalog.queues;

import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.outbox.reconcile.BeforeOpening;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.jobs.Pausing;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Pauses queues and resumes them. That a queue is paused stands in PostgreSQL; workers look at a key of Redis. Who changes it holds
 * the queue's row until Redis was told, so that the last one to be committed is the last one to be told; and each instance
 * compares the two every second, and tells Redis what it does not know, so that neither an outage nor FLUSHALL starts a
 * paused queue.
 */
@Singleton
public class Pauses implements BeforeOpening {

    private static final Logger LOG = Logger.getLogger(Pauses.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final Pausing redis;
    private final TaskCatalog catalog;

    public Pauses(Db db, Pausing redis, TaskCatalog catalog) {
        this.db = db;
        this.redis = redis;
        this.catalog = catalog;
    }

    /** What stands, and whether Redis knows; if not, it is told as soon as it can be. */
    record Told(QueueSetting setting, boolean toRedis) {}

    /** Lets nothing of the queue start. Said twice, it changes nothing but the reason. */
    Told pause(QueueName queue, @Nullable String reason) {
        return set(queue, true, reason);
    }

    Told resume(QueueName queue) {
        return set(queue, false, null);
    }

    private Told set(QueueName queue, boolean paused, @Nullable String reason) {
        return db.transaction(LIMIT, tx -> {
            QueueSetting before = QueueRows.lockOrAdd(tx, queue);
            QueueSetting after = QueueRows.pause(tx, before, paused, reason);
            return new Told(after, tell(after));
        });
    }

    private boolean tell(QueueSetting setting) {
        try {
            write(setting.queue(), setting.paused());
            return true;
        } catch (StreamsUnavailable away) {
            LOG.debugf(away, "Redis is told later whether the queue '%s' is paused.", setting.queue());
            return false;
        }
    }

    private void write(QueueName queue, boolean paused) {
        if (paused) {
            redis.pause(queue);
        } else {
            redis.resume(queue);
        }
    }

    /** Tells Redis what it does not know; returns how long to wait before the next look. */
    public Duration keepOnce() {
        Set<QueueName> wanted = wanted();
        Set<QueueName> looked = new HashSet<>(catalog.queues());
        looked.addAll(wanted);
        Set<QueueName> paused = redis.paused(looked);
        looked.removeIf(queue -> wanted.contains(queue) == paused.contains(queue));
        looked.forEach(this::putRight);
        return BETWEEN_LOOKS;
    }

    /** Looks again under the row's lock: somebody may just have changed it. */
    private void putRight(QueueName queue) {
        boolean paused = db.transaction(LIMIT, tx -> {
            boolean wanted = QueueRows.lock(tx, queue).map(QueueSetting::paused).orElse(false);
            write(queue, wanted);
            return wanted;
        });
        LOG.infof("Redis was told that the queue '%s' is %spaused.", queue, paused ? "" : "not ");
    }

    @Override
    public void prepare() {
        redis.keepPaused(wanted());
    }

    private Set<QueueName> wanted() {
        return db.session(LIMIT, QueueRows::all).stream()
                .filter(QueueSetting::paused)
                .map(QueueSetting::queue)
                .collect(Collectors.toUnmodifiableSet());
    }
}
