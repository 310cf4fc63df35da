package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.JobStatus.LastStart;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fold of {@link StatusRows} for the end that nearly all jobs have: a job that has not ended, and was never requeued, succeeds
 * in the only run that was ever told to have started. It decides nothing else: whatever is otherwise, in the change or in the
 * row, is left to the fold.
 */
public final class PlainEnds {

    /** The rows are changed in the order of their ids. What was told of the start first stays. */
    private static final String END =
            """
            update api.job as job set
                state = 'SUCCEEDED', position = c.position, ended_position = c.position, attempt = c.attempt, due_at = null,
                started_position = coalesce(job.started_position, c.started_position),
                started_at = coalesce(job.started_at, c.started_at),
                worker = coalesce(job.worker, c.worker),
                finished_at = c.finished_at, duration_ms = c.duration_ms,
                result = case when not job.ignore_result then c.result end,
                run = case when c.run > 0 then c.run else job.run end,
                version = job.version + 1,
                changed_at = now()
            from (
                select * from unnest($1::uuid[], $2::int8[], $3::bytea[], $4::int4[], $5::bytea[], $6::timestamptz[], $7::text[],
                    $8::timestamptz[], $9::int8[], $10::text[])
                    as asked (id, run, position, attempt, started_position, started_at, worker,
                    finished_at, duration_ms, result)
                order by id) as c
            where job.id = c.id
                and job.ended_position is null and job.superseded_up_to is null and job.position < c.position
                and (job.started_position is null
                    or (%s and job.started_position < c.started_position))
            returning job.id, job.version,
                job.started_position is not distinct from c.started_position and job.progress_position is null as whole""".formatted(JobPredicates.ofOneStart("job.started_position", "c.started_position"));

    private PlainEnds() {}

    /**
     * An end that a row has taken.
     *
     * @param status of the row, if that holds nothing but what the end tells; else null
     * @param version of the row
     */
    public record PlainEnd(JobId job, @Nullable JobStatus status, long version) {}

    /** Writes those of these changes that are plain ends, if their rows allow it; returns these. */
    public static List<PlainEnd> end(Tx tx, SequencedMap<JobId, JobStatus> changes) {
        Map<JobId, JobStatus> plain = new TreeMap<>(changes);
        plain.values().removeIf(status -> !isPlain(status));
        return plain.isEmpty() ? List.of() : write(tx, plain);
    }

    private static boolean isPlain(JobStatus status) {
        End end = status.ended();
        return end != null
                && end.error() == null
                && status.state() == JobState.SUCCEEDED
                && status.progressed() == null;
    }

    private static List<PlainEnd> write(Tx tx, Map<JobId, JobStatus> plain) {
        Columns<JobStatus> of = new Columns<>(plain.values());
        List<PlainEnd> ends = new ArrayList<>(plain.size());
        tx.run(
                        END,
                        new Columns<>(plain.keySet()).uuids(JobId::uuid),
                        of.longs(status -> status.position().token().run()),
                        of.positions(JobStatus::position),
                        of.ints(JobStatus::attempt),
                        of.positions(StatusColumns.started(LastStart::position)),
                        of.times(StatusColumns.started(LastStart::at)),
                        of.texts(StatusColumns.started(LastStart::worker)),
                        of.times(StatusColumns.ended(End::at)),
                        of.longs(StatusColumns.ended(end -> StatusColumns.millis(end.duration()))),
                        of.texts(StatusColumns.ended(End::result)))
                .forEach(row -> {
                    JobId job = new JobId(row.getUUID("id"));
                    ends.add(
                            new PlainEnd(job, row.getBoolean("whole") ? plain.get(job) : null, row.getLong("version")));
                });
        return ends;
    }
}
