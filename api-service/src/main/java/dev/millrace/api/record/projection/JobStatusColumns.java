package dev.millrace.api.record.projection;

import dev.millrace.job.JobError;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.JobStatus.LastProgress;
import dev.millrace.job.JobStatus.LastStart;
import dev.millrace.postgres.Columns;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lays standings out as the columns of a row. */
final class JobStatusColumns {

    private JobStatusColumns() {}

    /** In the order of the parameters of the statement that folds them into rows. */
    static Object[] of(SequencedMap<JobId, JobStatus> standings) {
        Columns<JobId> ids = new Columns<>(List.copyOf(standings.sequencedKeySet()));
        Columns<JobStatus> of = new Columns<>(List.copyOf(standings.sequencedValues()));
        return new Object[] {
            ids.uuids(JobId::uuid),
            of.texts(standing -> standing.state().name()),
            of.positions(JobStatus::position),
            of.ints(JobStatus::attempt),
            of.longs(standing -> standing.position().token().run()),
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
            of.texts(failed(JobError::stackTrace))
        };
    }

    private static <R> Function<JobStatus, @Nullable R> started(Function<LastStart, @Nullable R> field) {
        return part(JobStatus::started, field);
    }

    private static <R> Function<JobStatus, @Nullable R> progressed(Function<LastProgress, @Nullable R> field) {
        return part(JobStatus::progressed, field);
    }

    private static <R> Function<JobStatus, @Nullable R> ended(Function<End, @Nullable R> field) {
        return part(JobStatus::ended, field);
    }

    private static <R> Function<JobStatus, @Nullable R> failed(Function<JobError, @Nullable R> field) {
        return ended(end -> end.error() == null ? null : field.apply(end.error()));
    }

    private static <P, R> Function<JobStatus, @Nullable R> part(
            Function<JobStatus, @Nullable P> part, Function<P, @Nullable R> field) {
        return standing -> {
            P found = part.apply(standing);
            return found == null ? null : field.apply(found);
        };
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
