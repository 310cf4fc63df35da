package dev.millrace.scheduler.maintenance;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.inbox.Inbox;
import dev.millrace.scheduler.quarantine.Quarantine;
import dev.millrace.scheduler.quarantine.Unreadable;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.entries.Reading;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Cleans this service's tables when it is told to. For one thread. */
public final class Cleaning {

    private static final Logger LOG = Logger.getLogger(Cleaning.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BATCH = 1_000;

    private final Inbox inbox;
    private final Db db;
    private final DatabaseClock clock;
    private final Retention retention;
    private final Quarantine quarantine;

    public Cleaning(Inbox inbox, Db db, DatabaseClock clock, Retention retention, Quarantine quarantine) {
        this.inbox = inbox;
        this.quarantine = quarantine;
        this.db = db;
        this.clock = clock;
        this.retention = retention;
    }

    /** Looks whether it was told to clean, and does it once however often it was. */
    public Duration cleanOnce() {
        inbox.workOnce(this::work);
        return PERIOD;
    }

    private void work(List<StreamEntry> entries) {
        if (entries.stream().filter(this::isRequest).count() > 0) {
            clean();
        }
    }

    private boolean isRequest(StreamEntry entry) {
        return switch (MaintenanceCodec.decode(entry.fields())) {
            case Reading.Understood<JobId>(JobId asking) -> true;
            case Reading.Refused<JobId>(String why) -> {
                quarantine.keep(StreamNames.maintenance(), List.of(new Unreadable(entry, why)));
                yield false;
            }
        };
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
                    tx -> tx.run(old.delete(), Values.time(old.before()), BATCH).rowCount());
            all += batch;
        } while (batch == BATCH);
        return all;
    }
}
