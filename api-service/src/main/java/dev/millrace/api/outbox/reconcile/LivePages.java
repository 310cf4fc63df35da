package dev.millrace.api.outbox.reconcile;

import dev.millrace.api.outbox.Admitted;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks over live jobs in the order of their ids, and enqueues each as its next run unless it lies in Redis. What is
 * due later than in 5 minutes stays in PostgreSQL until then; what is to be cancelled is left to its cancel.
 */
final class LivePages {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Db db;
    private final Submitting streams;
    private final String page;

    private LivePages(Db db, Submitting streams, String page) {
        this.db = db;
        this.streams = streams;
        this.page = page;
    }

    /** All of them. */
    static LivePages all(Db db, Submitting streams) {
        return new LivePages(db, streams, StoredJobs.PAGE);
    }

    /** Those of which nothing was heard for 5 minutes. */
    static LivePages silent(Db db, Submitting streams) {
        return new LivePages(db, streams, StoredJobs.SILENT_PAGE);
    }

    /** Returns how many were put back. */
    long putBack() {
        long putBack = 0;
        for (Page done = next(null); !done.last(); done = next(done.end())) {
            putBack += done.putBack();
        }
        return putBack;
    }

    private record Page(@Nullable UUID end, int jobs, long putBack) {

        boolean last() {
            return jobs == 0;
        }
    }

    /** The rows stay locked until Redis has answered, so that none of them ends unseen. */
    private Page next(@Nullable UUID after) {
        Instant asOf = streams.time();
        return db.transaction(LIMIT, tx -> {
            List<Job> jobs = StoredJobs.read(tx.run(page, after, Batch.MAX)).stream()
                    .map(job -> job.withRun(job.run() + 1))
                    .toList();
            return jobs.isEmpty() ? new Page(after, 0, 0) : putBack(tx, asOf, jobs);
        });
    }

    private Page putBack(Tx tx, Instant asOf, List<Job> jobs) {
        List<Job> near = jobs.stream().filter(job -> isNear(job, asOf)).toList();
        List<JobId> far =
                jobs.stream().filter(job -> !isNear(job, asOf)).map(Job::id).toList();
        if (!far.isEmpty()) {
            WaitingRows.keep(tx, far);
        }
        long ok = near.isEmpty() ? 0 : enqueued(tx, asOf, near);
        return new Page(jobs.getLast().id().uuid(), jobs.size(), ok);
    }

    private static boolean isNear(Job job, Instant asOf) {
        return job.due() == null || !job.due().isAfter(asOf.plus(WaitingRows.AHEAD));
    }

    private long enqueued(Tx tx, Instant asOf, List<Job> jobs) {
        Admitted admitted = Admitted.by(streams, Mode.RECONCILE, asOf, jobs);
        if (admitted.admissions().contains(Admission.LATE)) {
            throw new StreamsUnavailable("A page of live jobs took too long to enqueue; the reconcile starts again.");
        }
        if (!admitted.full().isEmpty()) {
            WaitingRows.park(tx, admitted.full());
        }
        return admitted.ok();
    }
}
