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
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.time.Duration;
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
                Values.instant(row, "created_at"),
                Values.instantOrNull(row, "expires_at"),
                row.getInteger("max_attempts"),
                Values.instantOrNull(row, "scheduled_for"),
                row.getString("schedule_id"),
                row.getLong("version"),
                row.getLong("run"),
                standing(row));
    }

    private static JobStatus standing(Row row) {
        Position floor = Values.position(row, "floor");
        return new JobStatus(
                JobState.valueOf(row.getString("state")),
                Position.unpack(row.getBuffer("position").getBytes()),
                row.getInteger("attempt"),
                Values.instantOrNull(row, "due_at"),
                started(row),
                progressed(row),
                end(row),
                floor == null ? Position.ZERO : floor);
    }

    private static @Nullable LastStart started(Row row) {
        Position position = Values.position(row, "started_position");
        return position == null
                ? null
                : new LastStart(position, Values.instant(row, "started_at"), row.getString("worker"));
    }

    private static @Nullable LastProgress progressed(Row row) {
        Position position = Values.position(row, "progress_position");
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
        Position position = Values.position(row, "ended_position");
        if (position == null) {
            return null;
        }
        Long millis = row.getLong("duration_ms");
        return new End(
                position,
                Values.instant(row, "finished_at"),
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
}
