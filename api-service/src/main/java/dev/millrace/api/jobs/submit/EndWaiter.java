package dev.millrace.api.jobs.submit;

import dev.millrace.api.record.query.JobRow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Waits until a job has ended. */
@FunctionalInterface
public interface EndWaiter {

    /** The committed row of the ended job, given its row as it is; empty if it has not ended within the time. */
    CompletionStage<Optional<JobRow>> awaitEnd(JobRow live, Duration atMost);
}
