package dev.millrace.api.outbox;

import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.job.Band;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Jobs that are due so late that PostgreSQL keeps them. Five minutes before their time they go the way of all others;
 * Redis then keeps the time to the millisecond.
 */
@Singleton
public class FutureJobs {

    /** So long before their time jobs lie in Redis. */
    public static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int MOST = 1_000;
    private static final int HIGHEST_PRIORITY = 10;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * In one statement, so that each is in one of the two places. Rows that others hold are passed over. As an array the ids are
     * found once; of {@code in (select … limit)} PostgreSQL may make a loop that finds them again for every row of the table.
     */
    private static final String MOVE = """
            with moved as (
                update api.job set kept = false where id = any(array(
                    select id from api.job where kept and due_at <= now() + interval '5 minutes'
                    order by due_at, id limit $1 for update skip locked))
                returning id, due_at, queue, ($2::text[])[priority] as band)
            insert into api.outbox (queue, band, job_ids, due_at)
            select queue, band, array_agg(id order by due_at, id), now() from moved group by queue, band""";

    private static final String KEEP = "update api.job set kept = true, run = run + 1 where id = any($1)";

    private final Db db;

    public FutureJobs(Db db) {
        this.db = db;
    }

    /** Gives to the outbox what is due within five minutes; true if there was any. */
    boolean passOn() {
        return db.transaction(LIMIT, tx -> tx.run(MOVE, MOST, bands()).rowCount() > 0);
    }

    /** Keeps jobs, whose rows are locked, until their time is near; Redis has lost them. */
    public static void keep(Tx tx, Collection<JobId> jobs) {
        tx.run(KEEP, (Object) StoredJobs.uuids(jobs));
    }

    private static String[] bands() {
        return IntStream.rangeClosed(1, HIGHEST_PRIORITY)
                .mapToObj(priority -> Band.ofPriority(priority).label())
                .toArray(String[]::new);
    }
}
