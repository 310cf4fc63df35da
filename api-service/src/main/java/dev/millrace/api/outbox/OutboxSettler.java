package dev.millrace.api.outbox;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Deletes outbox rows whose jobs lie in Redis, many at a time. What it forgets, because PostgreSQL is away or the
 * process ends, the relay publishes once more and finds to be there.
 */
@Singleton
public class OutboxSettler {

    private static final Duration PAUSE = Duration.ofMillis(200);
    /** How long to wait for the first of a batch. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final LinkedBlockingQueue<Settlement> settled = new LinkedBlockingQueue<>();

    public OutboxSettler(@ByKey Db db) {
        this.db = db;
    }

    void settle(List<Settlement> settlements) {
        settled.addAll(settlements);
    }

    /** Settles what has come; waits up to a second for something. */
    public Duration settleOnce() throws InterruptedException {
        Settlement first = settled.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return Duration.ZERO;
        }
        List<Settlement> batch = new ArrayList<>(List.of(first));
        settled.drainTo(batch);
        db.transaction(LIMIT, tx -> {
            OutboxRows.settle(tx, batch);
            return batch.size();
        });
        return PAUSE;
    }
}
