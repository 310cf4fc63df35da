package dev.millrace.api.record.job;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.JobStatus.LastProgress;
import dev.millrace.job.JobStatus.LastStart;
import dev.millrace.job.Position;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of {@code api.job} that hold a {@link JobStatus}, in the groups that move together. */
final class StatusColumns {

    static final List<String> FURTHEST = List.of("state", "position", "attempt", "due_at");

    static final List<String> STARTED = List.of("started_position", "started_at", "worker");

    static final List<String> PROGRESSED =
            List.of("progress_position", "progress_current", "progress_total", "progress_message");

    static final List<String> ENDED = List.of(
            "ended_position", "finished_at", "duration_ms", "result", "error_type", "error_message", "error_stack");

    /** All of them, as a list in SQL. */
    static final String NAMES = Stream.of(FURTHEST, STARTED, PROGRESSED, ENDED)
            .flatMap(List::stream)
            .collect(Collectors.joining(", "));

    /** What a job that was never started holds in all groups but the first. */
    static final String UNSTARTED = Stream.of(STARTED, PROGRESSED, ENDED)
            .flatMap(List::stream)
            .map(name -> name + " = null")
            .collect(Collectors.joining(", "));

    /** The types of the values, in the order of the names. */
    static final List<String> TYPES = List.of(
            "text",
            "bytea",
            "int4",
            "timestamptz",
            "bytea",
            "timestamptz",
            "text",
            "bytea",
            "int8",
            "int8",
            "text",
            "bytea",
            "timestamptz",
            "int8",
            "text",
            "text",
            "text",
            "text");

    private StatusColumns() {}

    /** The values as arrays, in the order of the names. */
    static Stream<Object> values(Collection<JobStatus> statuses) {
        Columns<JobStatus> of = new Columns<>(statuses);
        return Stream.of(
                of.texts(status -> status.state().name()),
                of.positions(JobStatus::position),
                of.ints(JobStatus::attempt),
                of.times(JobStatus::due),
                of.positions(started(LastStart::position)),
                of.times(started(LastStart::at)),
                of.texts(started(LastStart::worker)),
                of.positions(progressed(LastProgress::position)),
                of.longs(progressed(last -> last.progress().current())),
                of.longs(progressed(last -> last.progress().total())),
                of.texts(progressed(last -> last.progress().message())),
                of.positions(ended(End::position)),
                of.times(ended(End::at)),
                of.longs(ended(end -> millis(end.duration()))),
                of.texts(ended(End::result)),
                of.texts(failed(JobError::type)),
                of.texts(failed(JobError::message)),
                of.texts(failed(JobError::stackTrace)));
    }

    static JobStatus read(Row row) {
        Position supersededUpTo = Values.position(row, "superseded_up_to");
        return new JobStatus(
                JobState.valueOf(row.getString("state")),
                Position.unpack(row.getBuffer("position").getBytes()),
                row.getInteger("attempt"),
                Values.instantOrNull(row, "due_at"),
                started(row),
                progressed(row),
                end(row),
                supersededUpTo == null ? Position.ZERO : supersededUpTo);
    }

    static <R> Function<JobStatus, @Nullable R> started(Function<LastStart, @Nullable R> field) {
        return part(JobStatus::started, field);
    }

    private static <R> Function<JobStatus, @Nullable R> progressed(Function<LastProgress, @Nullable R> field) {
        return part(JobStatus::progressed, field);
    }

    static <R> Function<JobStatus, @Nullable R> ended(Function<End, @Nullable R> field) {
        return part(JobStatus::ended, field);
    }

    private static <R> Function<JobStatus, @Nullable R> failed(Function<JobError, @Nullable R> field) {
        return ended(end -> end.error() == null ? null : field.apply(end.error()));
    }

    private static <P, R> Function<JobStatus, @Nullable R> part(
            Function<JobStatus, @Nullable P> part, Function<P, @Nullable R> field) {
        return status -> {
            P found = part.apply(status);
            return found == null ? null : field.apply(found);
        };
    }

    static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
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
