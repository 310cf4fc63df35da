package dev.millrace.api.outbox;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Deletes outbox rows whose jobs lie in Redis, many at a time. What it forgets, because PostgreSQL is away or the
 * process ends, the relay publishes once more and finds to be there.
 */
@Singleton
public class OutboxSettler {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Db db;
    private final LinkedBlockingQueue<Settlement> settled = new LinkedBlockingQueue<>();

    public OutboxSettler(@ByKey Db db) {
        this.db = db;
    }

    void settle(List<Settlement> settlements) {
        settled.addAll(settlements);
    }

    public Duration settleOnce() {
        List<Settlement> batch = new ArrayList<>();
        settled.drainTo(batch);
        if (!batch.isEmpty()) {
            db.transaction(LIMIT, tx -> {
                OutboxRows.settle(tx, batch);
                return batch.size();
            });
        }
        return PAUSE;
    }
}
