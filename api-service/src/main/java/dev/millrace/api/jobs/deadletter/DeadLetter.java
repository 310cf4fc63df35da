package dev.millrace.api.jobs.deadletter;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.millrace.api.record.query.JobDocument.Failure;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as clients see it.
 *
 * @param payload JSON, with which the job failed
 * @param error null if the end has none
 * @param fingerprint of the group to which it belongs
 * @param attempts that were made
 * @param requeuedAt null unless the job was run again from there
 * @param resolvedAt null unless somebody said that nothing is to be done
 */
@RegisterForReflection
public record DeadLetter(
        String id,
        String jobId,
        String task,
        String queue,
        @JsonRawValue String payload,
        @Nullable Failure error,
        String fingerprint,
        int attempts,
        Instant failedAt,
        @Nullable Instant requeuedAt,
        @Nullable Instant resolvedAt,
        String tenant) {

    static final String COLUMNS =
            "id, job, task, queue, payload, error_type, error_message, error_stack, fingerprint, attempts,"
                    + " failed_at, requeued_at, resolved_at, tenant";

    /** As it is for whoever is shown no more than this. */
    static DeadLetter of(Row row, Redaction redaction) {
        TaskName task = new TaskName(row.getString("task"));
        return new DeadLetter(
                row.getUUID("id").toString(),
                row.getUUID("job").toString(),
                task.value(),
                row.getString("queue"),
                redaction.payload(task, row.getString("payload")),
                redaction.failure(task, failure(row)),
                row.getString("fingerprint"),
                row.getInteger("attempts"),
                Values.instant(row, "failed_at"),
                Values.instantOrNull(row, "requeued_at"),
                Values.instantOrNull(row, "resolved_at"),
                row.getString("tenant"));
    }

    private static @Nullable Failure failure(Row row) {
        String type = row.getString("error_type");
        return type == null ? null : new Failure(type, row.getString("error_message"), row.getString("error_stack"));
    }
}
