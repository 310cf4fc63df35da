package dev.millrace.api.record.job;

import dev.millrace.job.Band;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.stream.entries.Lane;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The three ways in which the status of a row moves: by events, by an end without an event, and by a requeue. Each locks the
 * rows in the order of their ids before it changes any.
 */
public final class StatusRows {

    /**
     * The fold of {@link JobStatus#after} on rows. Positions are compared as bytes; an empty one lies before all. What moves is
     * decided on the locked rows.
     */
    private static final String FOLD = """
            with held as materialized (
                select c.*, job.ended_position as ended_before, job.superseded_up_to,
                    job.ended_position is null
                        and (coalesce(c.ended_position, '') > coalesce(job.superseded_up_to, '') or c.position > job.position)
                        as moves,
                    coalesce(c.started_position, '') > coalesce(job.superseded_up_to, '')
                        and coalesce(
                            case when %4$s then c.started_position < job.started_position
                                else c.started_position > job.started_position end,
                            true) as starts,
                    coalesce(c.progress_position, '') > coalesce(job.progress_position, job.superseded_up_to, '') as progresses
                from unnest($1::uuid[], $2::int8[], %1$s) as c (id, run, %2$s) join api.job as job on job.id = c.id
                order by job.id
                for update of job
            ), changed as (
                update api.job as job set
                    %3$s,
                    run = case when c.moves and c.run > 0 then c.run else job.run end,
                    result = case when c.moves and not job.ignore_result then c.result else job.result end,
                    version = job.version + 1,
                    changed_at = now()
                from held as c
                where job.id = c.id and (c.moves or c.starts or c.progresses)
            )
            select id, ended_before, superseded_up_to, moves from held""".formatted(
                    arrays(3),
                    StatusColumns.NAMES,
                    assignments(),
                    JobPredicates.ofOneStart("c.started_position", "job.started_position"));

    /** A job that ended, or was requeued, meanwhile is let alone. */
    private static final String END = """
            with wanted as (
                select j.id, c.position from api.job j
                join unnest($1::uuid[], $2::bigint[], $3::bytea[]) c (id, run, position) using (id)
                where %s and j.run = c.run order by j.id for update of j)
            update api.job j set state = $4, position = wanted.position, ended_position = wanted.position,
                finished_at = now(), due_at = null, parked = null, kept = false,
                version = j.version + 1, changed_at = now()
            from wanted where j.id = wanted.id returning j.id, j.ended_position, j.attempt, j.finished_at""".formatted(JobPredicates.LIVE);

    /**
     * As {@link JobStatus#requeued()}. An expiry goes: it said how long the client would wait for the first run, has perhaps
     * passed already, and would end the run that was just asked for. So does a cancel.
     */
    private static final String REOPEN = """
            update api.job set
                run = run + 1, attempt = 1, state = 'QUEUED', position = ended_position, superseded_up_to = ended_position,
                payload = coalesce($2, payload), queue = coalesce($3, queue),
                due_at = null, scheduled_for = null, expires_at = null, cancel_requested = null, cancel_reason = null,
                parked = null, kept = false, %s,
                version = version + 1, changed_at = now()
            where id = any($1) and ended_position is not null and state <> 'SUCCEEDED'
            returning id, queue, priority""".formatted(StatusColumns.UNSTARTED);

    private StatusRows() {}

    /**
     * What the fold found in a row.
     *
     * @param endedBefore the end that the row had; null if it had not ended
     * @param supersededUpTo the end that the latest requeue continued from; null before the first
     * @param moved the row is now where the change says
     */
    public record Folded(
            JobId job,
            @Nullable Position endedBefore,
            @Nullable Position supersededUpTo,
            boolean moved) {}

    /** A run that is to be ended without an event, and where its end is to stand. */
    public record Ending(JobId job, long run, Position position) {}

    /** A row that goes on after its end, and the lane of its next run. */
    public record Reopened(JobId job, Lane lane) {}

    /** Folds changes, given in the order of their ids, into the rows that there are; returns these. */
    public static List<Folded> fold(Tx tx, SequencedMap<JobId, JobStatus> changes) {
        Stream<Object> keys = Stream.of(
                new Columns<>(changes.sequencedKeySet()).uuids(JobId::uuid),
                new Columns<>(changes.sequencedValues())
                        .longs(status -> status.position().token().run()));
        List<Folded> folded = new ArrayList<>();
        tx.run(
                        FOLD,
                        Stream.concat(keys, StatusColumns.values(changes.sequencedValues()))
                                .toArray())
                .forEach(row -> folded.add(new Folded(
                        new JobId(row.getUUID("id")),
                        Values.position(row, "ended_before"),
                        Values.position(row, "superseded_up_to"),
                        row.getBoolean("moves"))));
        return folded;
    }

    /** Ends those runs that are still the rows' and have not ended; returns the ends. */
    public static List<RecordedEnd> end(Tx tx, JobState state, Collection<Ending> endings) {
        Columns<Ending> columns = new Columns<>(endings);
        List<RecordedEnd> ends = new ArrayList<>();
        tx.run(
                        END,
                        columns.uuids(ending -> ending.job().uuid()),
                        columns.longs(Ending::run),
                        columns.positions(Ending::position),
                        state.name())
                .forEach(row -> ends.add(end(row, state)));
        return ends;
    }

    private static RecordedEnd end(Row row, JobState state) {
        return new RecordedEnd(
                new JobId(row.getUUID("id")),
                Position.unpack(row.getBuffer("ended_position").getBytes()),
                state,
                row.getInteger("attempt"),
                Values.instant(row, "finished_at"),
                null,
                null,
                null);
    }

    /**
     * Lets those go on that have ended without success, as their next run. The rows are locked by the caller.
     *
     * @param payload of the next run; null for the one before's, as {@code queue}
     */
    public static List<Reopened> reopen(
            Tx tx, Collection<JobId> jobs, @Nullable String payload, @Nullable QueueName queue) {
        List<Reopened> reopened = new ArrayList<>();
        tx.run(REOPEN, StoredJobs.uuids(jobs), payload, queue == null ? null : queue.value())
                .forEach(row -> reopened.add(new Reopened(new JobId(row.getUUID("id")), lane(row))));
        return reopened;
    }

    private static Lane lane(Row row) {
        return Lane.of(new QueueName(row.getString("queue")), Band.ofPriority(row.getInteger("priority")));
    }

    private static String arrays(int first) {
        return IntStream.range(0, StatusColumns.TYPES.size())
                .mapToObj(i -> "$%d::%s[]".formatted(first + i, StatusColumns.TYPES.get(i)))
                .collect(Collectors.joining(", "));
    }

    /** Each group moves as a whole; a result is not kept of every job. */
    private static String assignments() {
        return Stream.of(
                        assignments(StatusColumns.FURTHEST, "c.moves"),
                        assignments(StatusColumns.STARTED, "c.starts"),
                        assignments(StatusColumns.PROGRESSED, "c.progresses"),
                        assignments(StatusColumns.ENDED, "c.moves"))
                .flatMap(group -> group)
                .collect(Collectors.joining(",\n        "));
    }

    private static Stream<String> assignments(List<String> columns, String moves) {
        return columns.stream()
                .filter(name -> !name.equals("result"))
                .map(name -> "%1$s = case when %2$s then c.%1$s else job.%1$s end".formatted(name, moves));
    }
}
