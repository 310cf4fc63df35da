package dev.millrace.api.catalog.queues;

import dev.millrace.job.QueueName;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators have set of a queue.
 *
 * @param pausedAt null while it is not paused
 * @param pauseReason null if none was given
 * @param priority of jobs that name none; null for {@link QueueDefaults#PRIORITY}
 * @param slots jobs that each worker runs at once; null for as many as it has for any queue
 * @param version grows with every change; 0 while nothing was ever set
 */
record QueueSetting(
        QueueName queue,
        @Nullable Instant pausedAt,
        @Nullable String pauseReason,
        @Nullable Integer priority,
        @Nullable Integer slots,
        long version) {

    /** Nothing is set. */
    static QueueSetting none(QueueName queue) {
        return new QueueSetting(queue, null, null, null, null, 0);
    }

    QueueSetting withPriority(@Nullable Integer other) {
        return new QueueSetting(queue, pausedAt, pauseReason, other, slots, version);
    }

    QueueSetting withSlots(@Nullable Integer other) {
        return new QueueSetting(queue, pausedAt, pauseReason, priority, other, version);
    }

    boolean paused() {
        return pausedAt != null;
    }

    static QueueSetting of(Row row) {
        return new QueueSetting(
                new QueueName(row.getString("queue")),
                Values.instantOrNull(row, "paused_at"),
                row.getString("paused_reason"),
                row.getInteger("priority"),
                row.getInteger("slots"),
                row.getLong("version"));
    }
}
