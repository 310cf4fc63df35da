package dev.millrace.api.record.job;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows whose jobs wait here instead of in Redis: <i>kept</i> until their time is near, <i>parked</i> until their band has
 * room. Statements that let them go end in {@code returning}, so that one that puts them elsewhere can begin with them.
 */
public final class WaitingRows {

    /** So long before their time jobs are kept no longer. */
    public static final Duration AHEAD = Duration.ofMinutes(5);

    /**
     * Lets up to {@code $1} kept jobs go whose time is near, the nearest first; returns id, due_at, queue and band. Rows that
     * others hold are passed over. As an array the ids are found once; of {@code in (select … limit)} PostgreSQL may make a
     * loop that finds them again for every row of the table.
     */
    public static final String LET_GO_KEPT = """
            update api.job set kept = false where id = any(array(
                select id from api.job where kept and %s
                order by due_at, id limit $1 for update skip locked))
            returning id, due_at, queue, %s as band""".formatted(JobPredicates.DUE_SOON, JobColumns.BAND);

    /**
     * Lets up to {@code $3} jobs go that are parked for queue {@code $1} and band {@code $2}, the oldest first; returns id and
     * created_at.
     */
    public static final String LET_GO_PARKED = """
            update api.job set parked = null where id = any(array(
                select id from api.job where queue = $1 and parked = $2
                order by created_at, id limit $3 for update skip locked))
            returning id, created_at""";

    /** Counts all that are parked. */
    public static final String COUNT_PARKED = "select count(*) from api.job where " + JobPredicates.PARKED;

    /**
     * Selects of each queue of {@code $1} its name, whether jobs are parked for it, and how many are due within a minute, of
     * which it counts 100,000.
     */
    public static final String OF_QUEUES = """
            select q.name, exists (select from api.job j where j.queue = q.name and %s) as parked, due.n as due_soon
            from unnest($1::text[]) as q (name) cross join lateral (
                select count(*) as n from (
                    select from api.job j where j.queue = q.name and j.due_at <= now() + interval '1 minute'
                    limit 100000) as counted) as due""".formatted(JobPredicates.PARKED);

    /**
     * Locks those of the jobs {@code $1} that wait in one of the states {@code $2} and that nobody wants cancelled; selects
     * id, queue and run. Rows that others hold are passed over.
     */
    public static final String LOCK_WAITING = """
            select id, queue, run from api.job
            where id = any($1) and state = any($2) and cancel_requested is null and %s
            order by id for update skip locked""".formatted(JobPredicates.LIVE);

    private static final String KEEP = "update api.job set kept = true, run = run + 1 where id = any($1)";

    /** Rows are locked in the order of their ids, as the projection locks them. */
    private static final String PARK = """
            with wanted as (
                select j.id, p.band from api.job j join unnest($1::uuid[], $2::text[]) p (id, band) using (id)
                where %s order by j.id for update of j)
            update api.job j set parked = wanted.band from wanted where j.id = wanted.id""".formatted(JobPredicates.LIVE);

    private static final String PARKED_AHEAD = parkedAhead(1);

    /** Steps from lane to lane along the index, however many jobs are parked in each. */
    private static final String PARKED_LANES = """
            with recursive lane as (
                (select queue, parked from api.job where %1$s order by queue, parked limit 1)
                union all
                select next.queue, next.parked from lane cross join lateral (
                    select queue, parked from api.job
                    where %1$s and (queue, parked) > (lane.queue, lane.parked)
                    order by queue, parked limit 1) next)
            select queue, parked from lane""".formatted(JobPredicates.PARKED);

    private WaitingRows() {}

    /**
     * Selects id, {@code time} and queue of up to {@code $5} jobs of the tenant {@code $1} in a state, of whichever queue, that
     * were created until {@code $4}, in the order of time and id from behind {@code ($2, $3)}.
     */
    public static String inState(JobState state) {
        // Written out, so that the index, which has not all states, is known to have it.
        return """
            select id, created_at as time, queue from api.job
            where tenant = $1 and state = '%s' and (created_at, id) > ($2, $3) and created_at <= $4
            order by created_at, id limit $5""".formatted(state.name());
    }

    /** Selects queue and band of those lanes in which jobs are parked; their queues and bands are that parameter and the next. */
    static String parkedAhead(int first) {
        return """
            select queue, band as parked from unnest($%d::text[], $%d::text[]) as lane (queue, band)
            where exists (select from api.job j where j.queue = lane.queue and j.parked = lane.band)""".formatted(first, first + 1);
    }

    /** Keeps jobs, whose rows are locked, until their time is near, as their next run; Redis has lost them. */
    public static void keep(Tx tx, Collection<JobId> jobs) {
        tx.run(KEEP, (Object) StoredJobs.uuids(jobs));
    }

    /** Marks jobs that have not ended as waiting for room in their bands. */
    public static void park(Tx tx, List<Job> jobs) {
        String[] bands = jobs.stream().map(job -> job.band().label()).toArray(String[]::new);
        tx.run(PARK, StoredJobs.uuids(jobs.stream().map(Job::id).toList()), bands);
    }

    /** As {@link #park(Tx, List)}, of jobs of one lane. */
    public static void park(Tx tx, Lane lane, Collection<JobId> jobs) {
        String[] bands = new String[jobs.size()];
        Arrays.fill(bands, lane.label());
        tx.run(PARK, StoredJobs.uuids(jobs), bands);
    }

    /** Returns those of these lanes in which jobs are parked: later ones have to wait behind them. */
    public static Set<Lane> parkedAhead(Tx tx, Collection<Lane> lanes) {
        String[] queues = lanes.stream().map(lane -> lane.queue().value()).toArray(String[]::new);
        String[] bands = lanes.stream().map(Lane::label).toArray(String[]::new);
        return lanes(tx.run(PARKED_AHEAD, queues, bands));
    }

    /** Returns all lanes in which jobs are parked, in the order of their names. */
    public static Set<Lane> parkedLanes(Tx tx) {
        return lanes(tx.run(PARKED_LANES));
    }

    private static Set<Lane> lanes(RowSet<Row> rows) {
        Set<Lane> lanes = new LinkedHashSet<>();
        rows.forEach(row ->
                lanes.add(Lane.of(new QueueName(row.getString("queue")), Band.ofLabel(row.getString("parked")))));
        return lanes;
    }
}
