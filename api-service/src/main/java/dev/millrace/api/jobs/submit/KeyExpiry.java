package dev.millrace.api.jobs.submit;

import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes idempotency keys a day after their use. */
@Singleton
public class KeyExpiry {

    /** How often it is to be done. */
    public static final Duration PERIOD = Duration.ofSeconds(20);

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BATCH = 5_000;

    private final Db db;

    public KeyExpiry(Db db) {
        this.db = db;
    }

    /** Deletes batch after batch, until no key is too old. */
    public void expireOnce() {
        int expired;
        do {
            expired = db.transaction(LIMIT, tx -> IdempotencyKeys.expire(tx, BATCH));
        } while (expired == BATCH);
    }
}
