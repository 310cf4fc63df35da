package dev.millrace.api.jobs.submit;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a submit that is to wait for the end of its job waits on. Its tests end jobs by hand. */
public interface SubmitWait {

    /** The committed row of the ended job, given its row as it is; empty if it has not ended within the time. */
    CompletionStage<Optional<JobRow>> awaitEnd(JobRow live, Duration atMost);

    /** Begins to listen, before the job is accepted under this id. */
    Expected expect(JobId job);

    /** The end of a job that perhaps is never accepted. */
    interface Expected {

        /** As {@link SubmitWait#awaitEnd}, for a job that was not there before it was expected. */
        CompletionStage<Optional<JobRow>> awaitEnd(JobRow accepted, Duration atMost);

        /** Nobody waits for it any more. May be called again. */
        void forget();
    }
}
