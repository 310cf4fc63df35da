package dev.millrace.api.jobs.submit;

import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes idempotency keys a day after their use. */
@Singleton
public class KeyExpiry {

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BATCH = 5_000;

    private final Db db;

    public KeyExpiry(Db db) {
        this.db = db;
    }

    public Duration expireOnce() {
        int expired = db.transaction(LIMIT, tx -> IdempotencyKeys.expire(tx, BATCH));
        return expired == BATCH ? Duration.ZERO : PAUSE;
    }
}
