package dev.millrace.api.service.retention;

import dev.millrace.api.service.retention.Outdated.Deleted;
import dev.millrace.postgres.Db;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** One walk over everything that may be too old, in small steps. For one thread. */
final class DeletionRound {

    static final int BATCH = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Db db;
    private final RetentionSettings settings;
    private final RetentionMeters meters;
    private final Queue<Outdated> left = new ArrayDeque<>(List.of(Outdated.values()));
    private Instant from = Instant.EPOCH;

    DeletionRound(Db db, RetentionSettings settings, RetentionMeters meters) {
        this.db = db;
        this.settings = settings;
        this.meters = meters;
    }

    /** Whether nothing is left to do. */
    boolean done() {
        return left.isEmpty();
    }

    /** One commit. If it fails, the next step does the same. */
    void step() {
        Outdated kind = left.element();
        Deleted deleted = db.transaction(LIMIT, tx -> kind.delete(tx, kind.keptFor(settings), from, BATCH));
        meters.deleted(kind, deleted.rows());
        // The next one begins where this one came to, so that what is kept on the way is looked at once.
        from = deleted.upTo();
        if (deleted.rows() < BATCH) {
            left.remove();
            from = Instant.EPOCH;
        }
    }
}
