package dev.millrace.scheduler.maintenance;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.groups.GroupMember;
import dev.millrace.stream.groups.StreamConsumer;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Cleans this service's tables when it is told to. For one thread. */
public final class Cleaning {

    private static final Logger LOG = Logger.getLogger(Cleaning.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int REQUESTS = 100;
    private static final int ROWS = 1_000;

    private final StreamConsumer<JobId> requests;
    private final Db db;
    private final DatabaseClock clock;
    private final Retention retention;

    public Cleaning(GroupMember member, String stream, Db db, DatabaseClock clock, Retention retention) {
        this.requests = member.consumer(stream, REQUESTS, entry -> MaintenanceCodec.decode(entry.fields()));
        this.db = db;
        this.clock = clock;
        this.retention = retention;
    }

    /** Cleans once for all requests that wait; waits up to a second for one. */
    public Duration cleanOnce() {
        return requests.consumeOnce(waiting -> clean());
    }

    /** Each batch is a transaction of its own, so that nobody waits for more than one. */
    void clean() {
        Instant now = db.transaction(LIMIT, clock::now);
        for (Retention.ExpiredRows old : retention.at(now)) {
            long deleted = deleted(old);
            if (deleted > 0) {
                LOG.infof("Deleted %d rows of scheduler.%s from before %s.", deleted, old.table(), old.before());
            }
        }
    }

    private long deleted(Retention.ExpiredRows old) {
        long all = 0;
        int batch;
        do {
            batch = db.transaction(
                    LIMIT,
                    tx -> tx.run(old.delete(), Values.time(old.before()), ROWS).rowCount());
            all += batch;
        } while (batch == ROWS);
        return all;
    }
}
