package dev.millrace.api.catalog.queues;

import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Has workers know the slots that are set of queues. They stand in PostgreSQL; workers look at a key of Redis every second. Each instance compares
 * the two every second, and writes what PostgreSQL has, so that neither an outage nor FLUSHALL undoes what was set.
 */
@Singleton
public class WorkersSlots {

    private static final Logger LOG = Logger.getLogger(WorkersSlots.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final QueueSlots redis;

    public WorkersSlots(Db db, RedisLink link) {
        this.db = db;
        this.redis = new QueueSlots(link);
    }

    /** Writes what Redis does not know; returns how long to wait before the next look. */
    public Duration keepOnce() {
        Map<QueueName, Integer> wanted = wanted();
        if (!redis.read().equals(Optional.of(wanted))) {
            redis.write(wanted);
            LOG.infof("Workers were told the slots that are set of %d queues.", wanted.size());
        }
        return BETWEEN_LOOKS;
    }

    /** The same at once; while Redis is away it is told as soon as it can be. */
    void tell() {
        try {
            keepOnce();
        } catch (StreamsUnavailable away) {
            LOG.debugf(away, "Workers are told later how many slots are set of queues.");
        }
    }

    private Map<QueueName, Integer> wanted() {
        return db.session(LIMIT, QueueRows::all).stream()
                .filter(setting -> setting.slots() != null)
                .collect(Collectors.toUnmodifiableMap(
                        QueueSetting::queue, setting -> Objects.requireNonNull(setting.slots())));
    }
}
