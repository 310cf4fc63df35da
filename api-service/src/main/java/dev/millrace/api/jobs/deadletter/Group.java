package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.record.query.JobDocument.Failure;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The open dead letters of one cause, as clients see them.
 *
 * @param errorType null if the ends have no error
 * @param frame where it came up, as class and method; null if no trace says so
 * @param message of the latest letter
 * @param count of open letters
 * @param firstSeenAt when the first of the open ones failed, as {@code lastSeenAt} the last
 * @param latest the id of the letter that failed last
 */
@RegisterForReflection
public record Group(
        String fingerprint,
        String task,
        @Nullable String errorType,
        @Nullable String frame,
        @Nullable String message,
        long count,
        Instant firstSeenAt,
        Instant lastSeenAt,
        String latest) {

    /** As it is for whoever is shown no more than this. */
    static Group of(Row row, Redaction redaction) {
        TaskName task = new TaskName(row.getString("task"));
        String type = row.getString("error_type");
        Failure shown =
                type == null ? null : redaction.failure(task, new Failure(type, row.getString("error_message"), null));
        return new Group(
                row.getString("fingerprint"),
                task.value(),
                type,
                row.getString("frame"),
                shown == null ? null : shown.message(),
                row.getLong("count"),
                Values.instant(row, "first_seen"),
                Values.instant(row, "failed_at"),
                row.getUUID("id").toString());
    }
}
