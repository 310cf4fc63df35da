package dev.millrace.api.outbox;

import dev.millrace.api.record.job.JobPredicates;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table {@code api.outbox}, and the mark of parked jobs, which is the other way to wait. */
public final class OutboxRows {

    private static final String ADD_DUE =
            "insert into api.outbox (queue, band, job_ids, due_at) values ($1, $2, $3, now())";

    private static final String ADD = "insert into api.outbox (queue, band, job_ids) values ($1, $2, $3) returning id";

    /** Taken by another relay meanwhile: skipped. */
    private static final String LOCK_DUE = """
            select id, job_ids from api.outbox where due_at <= now() order by due_at, id limit $1
            for update skip locked""";

    private static final String KEEP = "update api.outbox set job_ids = $2 where id = $1";
    private static final String DELETE = "delete from api.outbox where id = any($1)";

    /** Rows are locked in the order of their ids, as the projection locks them. */
    private static final String PARK = """
            with wanted as (
                select j.id, p.band from api.job j join unnest($1::uuid[], $2::text[]) p (id, band) using (id)
                where %s order by j.id for update of j)
            update api.job j set parked = wanted.band from wanted where j.id = wanted.id""".formatted(JobPredicates.LIVE);

    private static final String PARKED_AHEAD = """
            select queue, band from unnest($1::text[], $2::text[]) as lane (queue, band)
            where exists (select from api.job j where j.queue = lane.queue and j.parked = lane.band)""";

    /** A row that is due, and locked. */
    record Due(long id, List<JobId> jobs) {}

    private OutboxRows() {}

    /** Leaves a row for jobs of one lane, to be published by whoever commits it, or after 15 s by a relay. */
    public static long add(Tx tx, Lane lane, Collection<JobId> jobs) {
        return tx.run(ADD, lane.queue().value(), lane.label(), StoredJobs.uuids(jobs))
                .iterator()
                .next()
                .getLong(0);
    }

    /** Leaves a row for jobs of one lane to whichever relay comes first. */
    public static void addDue(Tx tx, Lane lane, Collection<JobId> jobs) {
        tx.run(ADD_DUE, lane.queue().value(), lane.label(), StoredJobs.uuids(jobs));
    }

    /** Those of these lanes in which jobs are parked: later ones have to wait behind them. */
    public static Set<Lane> parkedAhead(Tx tx, Collection<Lane> lanes) {
        String[] queues = lanes.stream().map(lane -> lane.queue().value()).toArray(String[]::new);
        String[] bands = lanes.stream().map(Lane::label).toArray(String[]::new);
        Set<Lane> parked = new HashSet<>();
        tx.run(PARKED_AHEAD, queues, bands)
                .forEach(row -> parked.add(Lane.of(new QueueName(row.getString(0)), Band.ofLabel(row.getString(1)))));
        return parked;
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

    static List<Due> lockDue(Tx tx, int limit) {
        List<Due> due = new ArrayList<>();
        tx.run(LOCK_DUE, limit).forEach(row -> due.add(due(row)));
        return due;
    }

    static void settle(Tx tx, List<Settlement> settlements) {
        Map<Boolean, List<Settlement>> byDone = settlements.stream()
                .collect(Collectors.partitioningBy(
                        settlement -> settlement.open().isEmpty()));
        List<Job> full = settlements.stream()
                .flatMap(settlement -> settlement.full().stream())
                .toList();
        if (!full.isEmpty()) {
            park(tx, full);
        }
        byDone.getOrDefault(false, List.of())
                .forEach(settlement -> tx.run(KEEP, settlement.outbox(), StoredJobs.uuids(settlement.open())));
        tx.run(DELETE, (Object) byDone.getOrDefault(true, List.of()).stream()
                .map(Settlement::outbox)
                .toArray(Long[]::new));
    }

    private static Due due(Row row) {
        return new Due(
                row.getLong("id"),
                Arrays.stream(row.getArrayOfUUIDs("job_ids")).map(JobId::new).toList());
    }
}
