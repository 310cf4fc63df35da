package dev.millrace.api.projection;

import dev.millrace.job.JobError;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStanding;
import dev.millrace.job.JobStanding.End;
import dev.millrace.job.JobStanding.LastProgress;
import dev.millrace.job.JobStanding.LastStart;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lays standings out as the columns of a row. */
final class StandingColumns {

    private StandingColumns() {}

    /** In the order of the parameters of the statement that folds them into rows. */
    static Object[] of(SequencedMap<JobId, JobStanding> standings) {
        Columns<JobId> ids = new Columns<>(List.copyOf(standings.sequencedKeySet()));
        Columns<JobStanding> of = new Columns<>(List.copyOf(standings.sequencedValues()));
        return new Object[] {
            ids.uuids(JobId::uuid),
            of.texts(standing -> standing.state().name()),
            of.positions(JobStanding::position),
            of.ints(JobStanding::attempt),
            of.longs(standing -> standing.position().token().run()),
            of.times(JobStanding::due),
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

    private static <R> Function<JobStanding, @Nullable R> started(Function<LastStart, @Nullable R> field) {
        return part(JobStanding::started, field);
    }

    private static <R> Function<JobStanding, @Nullable R> progressed(Function<LastProgress, @Nullable R> field) {
        return part(JobStanding::progressed, field);
    }

    private static <R> Function<JobStanding, @Nullable R> ended(Function<End, @Nullable R> field) {
        return part(JobStanding::ended, field);
    }

    private static <R> Function<JobStanding, @Nullable R> failed(Function<JobError, @Nullable R> field) {
        return ended(end -> end.error() == null ? null : field.apply(end.error()));
    }

    private static <P, R> Function<JobStanding, @Nullable R> part(
            Function<JobStanding, @Nullable P> part, Function<P, @Nullable R> field) {
        return standing -> {
            P found = part.apply(standing);
            return found == null ? null : field.apply(found);
        };
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
