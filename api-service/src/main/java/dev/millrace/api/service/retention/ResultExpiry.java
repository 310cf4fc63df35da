package dev.millrace.api.service.retention;

import dev.millrace.api.record.job.EndRows;
import dev.millrace.loop.Duties;
import dev.millrace.postgres.Db;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Drops results that their jobs wanted kept for a shorter time than themselves, whichever instance comes first. */
@ApplicationScoped
public class ResultExpiry {

    private static final Duration PERIOD = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BATCH = 500;

    private final Db db;

    ResultExpiry(Db db) {
        this.db = db;
    }

    void start(@Observes StartupEvent starting, Duties duties) {
        duties.start("result-expiry", PERIOD, this::dropOnce);
    }

    /** Drops batch after batch, a commit each, until no result is kept past its time. */
    void dropOnce() {
        int dropped;
        do {
            dropped =
                    db.session(LIMIT, tx -> tx.run(EndRows.DROP_RESULTS, BATCH).rowCount());
        } while (dropped == BATCH);
    }
}
