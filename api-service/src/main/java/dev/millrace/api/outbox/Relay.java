package dev.millrace.api.outbox;

import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.jobs.Submitting.Mode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes what nobody published: outbox rows that are due, jobs whose time is near, and parked jobs whose
 * band has room again. Runs in every
 * api instance; rows that another one holds are passed over.
 */
@Singleton
public class Relay {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Within it the rows that were read may still be published; afterwards Redis answers LATE. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int ROWS = 4;

    private final Db db;
    private final Submitting streams;
    private final OverflowJobs parked;
    private final FutureJobs kept;
    private final OutboxMeters meters;

    public Relay(@ByKey Db db, Submitting streams, OverflowJobs parked, FutureJobs kept, OutboxMeters meters) {
        this.db = db;
        this.streams = streams;
        this.parked = parked;
        this.kept = kept;
        this.meters = meters;
    }

    /** One round; goes on at once while there is more. */
    public Duration relayOnce() {
        boolean passedOn = kept.passOn();
        boolean unparked = parked.unpark();
        boolean published = db.session(LIMIT, OutboxRows::areDue) && publishDue();
        return passedOn || unparked || published ? Duration.ZERO : PAUSE;
    }

    /**
     * Redis's time comes first: a job that ends after the rows were read keeps its marker for longer than the functions
     * let this time be late, so that it cannot be enqueued again.
     */
    private boolean publishDue() {
        Instant asOf = streams.time();
        return db.transaction(LIMIT, tx -> {
            List<OutboxRows.Due> due = OutboxRows.lockDue(tx, ROWS);
            List<Settlement> settlements =
                    due.stream().map(row -> published(tx, row, asOf)).toList();
            OutboxRows.settle(tx, settlements);
            return settlements.stream().anyMatch(settlement -> settlement.open().isEmpty());
        });
    }

    private Settlement published(Tx tx, OutboxRows.Due row, Instant asOf) {
        List<JobId> open = new ArrayList<>();
        List<Job> full = new ArrayList<>();
        for (List<JobId> part : Batch.parts(row.jobs())) {
            List<Job> jobs = StoredJobs.waiting(tx, part);
            Admitted admitted = Admitted.by(streams, Mode.SUBMIT, asOf, jobs);
            meters.relayed(admitted);
            open.addAll(admitted.open());
            full.addAll(admitted.full());
        }
        return new Settlement(row.id(), open, full);
    }
}
