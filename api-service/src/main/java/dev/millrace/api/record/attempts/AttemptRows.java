package dev.millrace.api.record.attempts;

import dev.millrace.api.record.job.EndEffect;
import dev.millrace.api.record.job.JobPredicates;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes {@code api.attempt}: also the attempt that an end ends, if it failed. */
public final class AttemptRows implements EndEffect {

    /** When and where an attempt began is as its job has shown it, unless another one has begun meanwhile. */
    private static final String INSERT = """
            insert into api.attempt
                (job, position, attempt, worker, started_at, finished_at, error_type, error_message, error_stack)
            select a.job, a.position, a.attempt, coalesce(run.worker, a.worker), coalesce(run.started_at, a.started_at),
                a.finished_at, a.error_type, a.error_message, a.error_stack
            from unnest($1::uuid[], $2::bytea[], $3::int[], $4::text[], $5::timestamptz[],
                    $6::timestamptz[], $7::text[], $8::text[], $9::text[])
                as a (job, position, attempt, worker, started_at, finished_at,
                    error_type, error_message, error_stack)
            join api.job j on j.id = a.job
            left join api.job run on run.id = a.job and %s
            on conflict do nothing""".formatted(JobPredicates.ofOneStart("run.started_position", "a.position"));

    @Override
    public boolean follows(JobState state) {
        return RecordedEnd.failed(state);
    }

    @Override
    public Runnable ended(Tx tx, List<RecordedEnd> ends) {
        insert(tx, ends.stream().flatMap(end -> FailedAttempt.of(end).stream()).toList());
        return NOTHING;
    }

    /** Those of known jobs that are not recorded yet. */
    public static void insert(Tx tx, List<FailedAttempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        Columns<FailedAttempt> of = new Columns<>(attempts);
        tx.run(
                INSERT,
                of.uuids(one -> one.job().uuid()),
                of.positions(FailedAttempt::position),
                of.ints(FailedAttempt::attempt),
                of.texts(started(Start::worker)),
                of.times(started(Start::at)),
                of.times(FailedAttempt::at),
                of.texts(failed(JobError::type)),
                of.texts(failed(JobError::message)),
                of.texts(failed(JobError::stackTrace)));
    }

    private static <R> Function<FailedAttempt, @Nullable R> started(Function<Start, @Nullable R> field) {
        return one -> one.start() == null ? null : field.apply(one.start());
    }

    private static <R> Function<FailedAttempt, @Nullable R> failed(Function<JobError, @Nullable R> field) {
        return one -> one.error() == null ? null : field.apply(one.error());
    }
}
