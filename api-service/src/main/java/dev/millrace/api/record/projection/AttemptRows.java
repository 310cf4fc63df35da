package dev.millrace.api.record.projection;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes {@code api.attempt}. */
final class AttemptRows {

    /** After the fold: of two ends only the one that the record has is an attempt. */
    private static final String INSERT = """
            insert into api.attempt
                (job, position, attempt, worker, started_at, finished_at, error_type, error_message, error_stack)
            select a.job, a.position, a.attempt, a.worker, a.started_at, a.finished_at,
                a.error_type, a.error_message, a.error_stack
            from unnest($1::uuid[], $2::bytea[], $3::bool[], $4::int[], $5::text[], $6::timestamptz[],
                    $7::timestamptz[], $8::text[], $9::text[], $10::text[])
                as a (job, position, last, attempt, worker, started_at, finished_at,
                    error_type, error_message, error_stack)
            join api.job j on j.id = a.job
            where not a.last or j.ended_position = a.position
            on conflict do nothing""";

    private AttemptRows() {}

    /** Those of known jobs that are not recorded yet. */
    static void insert(Tx tx, List<FailedAttempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        Columns<FailedAttempt> of = new Columns<>(attempts);
        tx.run(
                INSERT,
                of.uuids(one -> one.job().uuid()),
                of.positions(FailedAttempt::position),
                attempts.stream().map(FailedAttempt::last).toArray(Boolean[]::new),
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
