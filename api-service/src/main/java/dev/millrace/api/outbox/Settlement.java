package dev.millrace.api.outbox;

import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.List;

/**
 * What is to become of an outbox row after its jobs were enqueued.
 *
 * @param open the jobs that it keeps; with none it goes
 * @param full the jobs that are parked in the same commit
 */
record Settlement(long outbox, List<JobId> open, List<Job> full) {

    static Settlement of(long outbox, Admitted admitted) {
        return new Settlement(outbox, admitted.open(), admitted.full());
    }
}
