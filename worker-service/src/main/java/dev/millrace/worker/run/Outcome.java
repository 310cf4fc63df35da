package dev.millrace.worker.run;

import dev.millrace.job.JobError;
import org.jspecify.annotations.Nullable;

/** How one run of a task ended. */
sealed interface Outcome {

    /** It returned; the result is JSON text, or null where it is to be ignored. */
    record Succeeded(@Nullable String result) implements Outcome {}

    /** It threw, or returned what cannot be kept. */
    record Failed(JobError error, RetryAdvice again) implements Outcome {}

    /** It took longer than its terms allow. */
    record TimedOut(JobError error) implements Outcome {}
}
