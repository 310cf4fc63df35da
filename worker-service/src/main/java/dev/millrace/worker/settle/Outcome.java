package dev.millrace.worker.settle;

import dev.millrace.job.JobError;
import org.jspecify.annotations.Nullable;

/** How one run of a task ended. */
public sealed interface Outcome {

    /** It returned; the result is JSON text, or null where it is to be ignored. */
    record Succeeded(@Nullable String result) implements Outcome {}

    /** It threw, or returned what cannot be kept. */
    record Failed(JobError error, RetryAdvice advice) implements Outcome {}

    /** It took longer than its policy allows. */
    record TimedOut(JobError error) implements Outcome {}
}
