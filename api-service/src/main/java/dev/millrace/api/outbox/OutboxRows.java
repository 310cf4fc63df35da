package dev.millrace.api.outbox;

import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table {@code api.outbox}: accepted jobs that are to be put into Redis. */
public final class OutboxRows {

    /**
     * Leaves a row for each lane of those among {@code added} that are {@code sent}, which a statement has just written, to be
     * published by whoever commits it, or after 15 s by a relay. Returns id, queue and band.
     */
    public static final String ADD_SENT = """
            insert into api.outbox (queue, band, job_ids)
            select queue, band, array_agg(id) from added where sent group by queue, band
            returning id, queue, band""";

    private static final String ADD_DUE =
            "insert into api.outbox (queue, band, job_ids, due_at) values ($1, $2, $3, now())";

    private static final String ADD = "insert into api.outbox (queue, band, job_ids) values ($1, $2, $3) returning id";

    /** Taken by another relay meanwhile: skipped. */
    private static final String LOCK_DUE = """
            select id, job_ids from api.outbox where due_at <= now() order by due_at, id limit $1
            for update skip locked""";

    private static final String ARE_DUE = "select exists (select from api.outbox where due_at <= now())";

    private static final String KEEP = "update api.outbox set job_ids = $2 where id = $1";
    private static final String DELETE = "delete from api.outbox where id = any($1)";

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

    /** Whether some are due, taken or not. */
    static boolean areDue(Tx tx) {
        return tx.run(ARE_DUE).iterator().next().getBoolean(0);
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
            WaitingRows.park(tx, full);
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
