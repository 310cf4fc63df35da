package dev.millrace.api.outbox;

import dev.millrace.job.Job;
import java.time.Instant;
import java.util.List;

/**
 * An outbox row that was just committed, with its jobs still in memory.
 *
 * @param asOf Redis's time of before the commit
 */
public record Publication(long outbox, Instant asOf, List<Job> jobs) {

    public Publication {
        jobs = List.copyOf(jobs);
    }

    long size() {
        return jobs.stream().mapToLong(job -> job.payload().length()).sum();
    }
}
