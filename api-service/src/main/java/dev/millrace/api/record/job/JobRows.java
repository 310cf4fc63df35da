package dev.millrace.api.record.job;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.JobStatus.LastProgress;
import dev.millrace.job.JobStatus.LastStart;
import dev.millrace.job.Position;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code api.job}. */
public final class JobRows {

    public static final String COLUMNS = """
            id, tenant, task, queue, priority, payload, tags, metadata, trace_parent, ignore_result, created_at, \
            expires_at, max_attempts, scheduled_for, schedule_id, version, state, position, attempt, run, due_at, started_position, started_at, worker, \
            progress_position, progress_current, progress_total, progress_message, ended_position, finished_at, \
            duration_ms, result, error_type, error_message, error_stack, cancel_reason, floor""";

    private JobRows() {}

    public static JobRow read(Row row) {
        return new JobRow(
                new JobId(row.getUUID("id")),
                row.getString("tenant"),
                new TaskName(row.getString("task")),
                new QueueName(row.getString("queue")),
                row.getInteger("priority"),
                row.getString("payload"),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("metadata"),
                row.getString("trace_parent"),
                row.getBoolean("ignore_result"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "expires_at"),
                row.getInteger("max_attempts"),
                instant(row, "scheduled_for"),
                row.getString("schedule_id"),
                row.getLong("version"),
                row.getLong("run"),
                standing(row));
    }

    private static JobStatus standing(Row row) {
        Position floor = position(row, "floor");
        return new JobStatus(
                JobState.valueOf(row.getString("state")),
                Position.unpack(row.getBuffer("position").getBytes()),
                row.getInteger("attempt"),
                instant(row, "due_at"),
                started(row),
                progressed(row),
                end(row),
                floor == null ? Position.ZERO : floor);
    }

    private static @Nullable LastStart started(Row row) {
        Position position = position(row, "started_position");
        return position == null
                ? null
                : new LastStart(position, row.getOffsetDateTime("started_at").toInstant(), row.getString("worker"));
    }

    private static @Nullable LastProgress progressed(Row row) {
        Position position = position(row, "progress_position");
        return position == null
                ? null
                : new LastProgress(
                        position,
                        new Progress(
                                row.getLong("progress_current"),
                                row.getLong("progress_total"),
                                row.getString("progress_message")));
    }

    private static @Nullable End end(Row row) {
        Position position = position(row, "ended_position");
        if (position == null) {
            return null;
        }
        Long millis = row.getLong("duration_ms");
        return new End(
                position,
                row.getOffsetDateTime("finished_at").toInstant(),
                millis == null ? null : Duration.ofMillis(millis),
                row.getString("result"),
                error(row));
    }

    private static @Nullable JobError error(Row row) {
        String type = row.getString("error_type");
        return type == null
                ? cancelled(row)
                : new JobError(type, row.getString("error_message"), row.getString("error_stack"));
    }

    /** Of a job that a client cancelled: the reason that it gave. */
    private static @Nullable JobError cancelled(Row row) {
        String reason = row.getString("cancel_reason");
        boolean told = reason != null && row.getString("state").equals(JobState.CANCELLED.name());
        return told ? new JobError(JobError.CANCELLED, reason, null) : null;
    }

    private static @Nullable Position position(Row row, String column) {
        Buffer packed = row.getBuffer(column);
        return packed == null ? null : Position.unpack(packed.getBytes());
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
