package dev.millrace.api.record.projection;

import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.record.projection.DeadLetterRows.Left;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.Position;
import dev.millrace.postgres.BadData;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Writes changes to the record, each call in one commit. */
@ApplicationScoped
class ProjectionWriter {

    /**
     * What the record had to say to the changes.
     *
     * @param deadLetters that these changes left
     */
    record Written(int unknownRows, int secondEnds, List<Left> deadLetters) {

        Written {
            deadLetters = List.copyOf(deadLetters);
        }
    }

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    /**
     * The fold of {@link JobStatus#after} on rows. Positions are compared as bytes; an empty one lies before all. The
     * rows are locked in the order of their ids before any is changed, and what moves is decided on the locked rows.
     */
    private static final String FOLD = """
            with change as (
                select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::int[], $5::bigint[], $6::timestamptz[],
                        $7::bytea[], $8::timestamptz[], $9::text[],
                        $10::bytea[], $11::bigint[], $12::bigint[], $13::text[],
                        $14::bytea[], $15::timestamptz[], $16::bigint[], $17::text[], $18::text[], $19::text[], $20::text[])
                    as c(id, state, position, attempt, run, due_at,
                        started_position, started_at, worker,
                        progress_position, progress_current, progress_total, progress_message,
                        ended_position, finished_at, duration_ms, result, error_type, error_message, error_stack)
            ), held as materialized (
                select job.id, job.ended_position as ended_before,
                    job.ended_position is null
                        and (coalesce(c.ended_position, '') > coalesce(job.floor, '') or c.position > job.position) as moves,
                    coalesce(c.started_position, '') > coalesce(job.started_position, job.floor, '') as starts,
                    coalesce(c.progress_position, '') > coalesce(job.progress_position, job.floor, '') as progresses,
                    job.floor
                from api.job as job join change as c on c.id = job.id
                order by job.id
                for update of job
            ), changed as (
                update api.job as job set
                    state = case when h.moves then c.state else job.state end,
                    position = case when h.moves then c.position else job.position end,
                    attempt = case when h.moves then c.attempt else job.attempt end,
                    run = case when h.moves and c.run > 0 then c.run else job.run end,
                    due_at = case when h.moves then c.due_at else job.due_at end,
                    started_position = case when h.starts then c.started_position else job.started_position end,
                    started_at = case when h.starts then c.started_at else job.started_at end,
                    worker = case when h.starts then c.worker else job.worker end,
                    progress_position = case when h.progresses then c.progress_position else job.progress_position end,
                    progress_current = case when h.progresses then c.progress_current else job.progress_current end,
                    progress_total = case when h.progresses then c.progress_total else job.progress_total end,
                    progress_message = case when h.progresses then c.progress_message else job.progress_message end,
                    ended_position = case when h.moves then c.ended_position else job.ended_position end,
                    finished_at = case when h.moves then c.finished_at else job.finished_at end,
                    duration_ms = case when h.moves then c.duration_ms else job.duration_ms end,
                    result = case when h.moves and not job.ignore_result then c.result else job.result end,
                    error_type = case when h.moves then c.error_type else job.error_type end,
                    error_message = case when h.moves then c.error_message else job.error_message end,
                    error_stack = case when h.moves then c.error_stack else job.error_stack end,
                    version = job.version + 1,
                    changed_at = now()
                from held as h join change as c on c.id = h.id
                where job.id = h.id and (h.moves or h.starts or h.progresses)
            )
            select id, ended_before, floor from held""";

    private final Db db;

    ProjectionWriter(Db db) {
        this.db = db;
    }

    /**
     * Returns after the commit.
     *
     * @throws BadData if these changes can never be written
     */
    Written write(ProjectionBatch changes) {
        return db.vetting(AT_MOST, tx -> {
            Quarantine.keep(tx, changes.unreadable());
            Written written = fold(tx, changes.parts());
            AttemptRows.insert(tx, changes.attempts());
            List<Left> left = DeadLetterRows.insert(tx, changes.attempts());
            return new Written(written.unknownRows(), written.secondEnds(), left);
        });
    }

    /** One after the other: the parts of a job lie between its ends, and a row takes one end at a time. */
    private static Written fold(Tx tx, List<SequencedMap<JobId, JobStatus>> parts) {
        int unknownRows = 0;
        int secondEnds = 0;
        for (SequencedMap<JobId, JobStatus> part : parts) {
            Written written = fold(tx, part);
            unknownRows += written.unknownRows();
            secondEnds += written.secondEnds();
        }
        return new Written(unknownRows, secondEnds, List.of());
    }

    private static Written fold(Tx tx, SequencedMap<JobId, JobStatus> standings) {
        RowSet<Row> known = tx.run(FOLD, JobStatusColumns.of(standings));
        int secondEnds = 0;
        for (Row row : known) {
            JobStatus change = standings.get(new JobId(row.getUUID("id")));
            secondEnds += isSecondEnd(row, change) ? 1 : 0;
        }
        return new Written(standings.size() - known.size(), secondEnds, List.of());
    }

    /** Neither the end that the row had, nor the one that a requeue continued from: these were only told again. */
    private static boolean isSecondEnd(Row row, @Nullable JobStatus change) {
        End end = change == null ? null : change.ended();
        if (end == null) {
            return false;
        }
        Position before = Values.position(row, "ended_before");
        Position floor = Values.position(row, "floor");
        boolean late = before != null || (floor != null && end.position().compareTo(floor) <= 0);
        return late && !end.position().equals(before) && !end.position().equals(floor);
    }
}
