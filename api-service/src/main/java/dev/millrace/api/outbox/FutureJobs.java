package dev.millrace.api.outbox;

import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Jobs that are due so late that PostgreSQL keeps them. Five minutes before their time they go the way of all others;
 * Redis then keeps the time to the millisecond.
 */
@Singleton
public class FutureJobs {

    private static final int MOST = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** In one statement, so that each is in one of the two places. */
    private static final String MOVE = """
            with moved as (%s)
            insert into api.outbox (queue, band, job_ids, due_at)
            select queue, band, array_agg(id order by due_at, id), now() from moved
            group by queue, band""".formatted(WaitingRows.LET_GO_KEPT);

    private final Db db;

    public FutureJobs(Db db) {
        this.db = db;
    }

    /** Gives to the outbox what is due within five minutes; true if there was any. */
    boolean passOn() {
        return db.session(LIMIT, tx -> tx.run(MOVE, MOST).rowCount() > 0);
    }
}
