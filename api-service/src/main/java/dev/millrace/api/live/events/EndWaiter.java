package dev.millrace.api.live.events;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Waits for the ends of jobs, for requests that are to be answered with them. */
public interface EndWaiter {

    /**
     * The job's row as soon as it shows an end, or as it stands after {@code atMost}; empty if there is no such job, or
     * if it is another tenant's.
     */
    CompletionStage<Optional<JobRow>> awaitEnd(String tenant, JobId job, Duration atMost);

    /**
     * The same for a job whose row was just read. If it cannot be read again the wait goes on: a database that is slow for a
     * moment must not send those away who came to wait.
     */
    CompletionStage<Optional<JobRow>> awaitEnd(JobRow known, Duration atMost);

    /** Listens from now on for the end of a job that is yet to be accepted under this id, so that nobody has to look for it later. */
    ExpectedEnd expect(JobId job);

    /** An end that is listened for. */
    interface ExpectedEnd {

        /** As {@link EndWaiter#awaitEnd(JobRow, Duration)}, for the job that was accepted. Ends the listening. */
        CompletionStage<Optional<JobRow>> awaitEnd(JobRow accepted, Duration atMost);

        /** Ends the listening. May be called again. */
        void forget();
    }
}
