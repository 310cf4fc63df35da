package dev.millrace.api.catalog.queues;

import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is set of queues, as this instance knows it: it looks every second, so that what one instance was told all obey
 * within about one. Until the first look, and while PostgreSQL is away, what was known stays known.
 */
@Singleton
public class QueueSettings implements QueueDefaults {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private volatile Map<QueueName, QueueSetting> known = Map.of();

    public QueueSettings(Db db) {
        this.db = db;
    }

    /** Looks once; returns how long to wait before the next look. */
    public Duration refreshOnce() {
        known = db.session(LIMIT, QueueRows::all).stream()
                .collect(Collectors.toUnmodifiableMap(QueueSetting::queue, setting -> setting));
        return BETWEEN_LOOKS;
    }

    @Override
    public int priority(QueueName queue) {
        QueueSetting setting = known.get(queue);
        Integer priority = setting == null ? null : setting.priority();
        return priority == null ? PRIORITY : priority;
    }

    /**
     * Changes what is set, which this instance obeys at once.
     *
     * @param change what is to stand, made of what stands
     * @param match the versions on which the client insists; of a queue of which nothing was ever set it is 0
     * @throws dev.millrace.api.http.problem.ProblemException 412 if the client insists on another version
     */
    Changed change(QueueName queue, UnaryOperator<QueueSetting> change, IfMatch match) {
        Changed set = db.transaction(LIMIT, tx -> {
            QueueSetting before = QueueRows.lockOrAdd(tx, queue);
            match.require(before.version());
            return new Changed(before, QueueRows.write(tx, change.apply(before)));
        });
        refreshOnce();
        return set;
    }

    /** What is set, if the client insists on no other version. */
    QueueSetting unchanged(QueueName queue, IfMatch match) {
        QueueSetting set = db.session(LIMIT, tx -> QueueRows.find(tx, queue)).orElseGet(() -> QueueSetting.none(queue));
        match.require(set.version());
        return set;
    }

    /** What was set, and what is. */
    record Changed(QueueSetting before, QueueSetting now) {}
}
