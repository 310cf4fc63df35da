package dev.millrace.api.jobs.submit;

import dev.millrace.api.record.job.JobRow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a submit that is to wait for the end of its job waits on. Its tests end jobs by hand. */
@FunctionalInterface
public interface SubmitWait {

    /** The committed row of the ended job, given its row as it is; empty if it has not ended within the time. */
    CompletionStage<Optional<JobRow>> awaitEnd(JobRow live, Duration atMost);
}
