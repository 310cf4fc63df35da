package dev.millrace.worker.settle;

import dev.millrace.job.JobError;
import org.jspecify.annotations.Nullable;

/** How one run of a task ended. */
public sealed interface Outcome {

    /**
     * It returned.
     *
     * @param result JSON text; null where it is to be ignored
     * @param orders what it ordered, as JSON text; null for nothing
     */
    record Succeeded(@Nullable String result, @Nullable String orders) implements Outcome {

        /** One that ordered nothing. */
        public Succeeded(@Nullable String result) {
            this(result, null);
        }
    }

    /** It threw, or returned what cannot be kept. */
    record Failed(JobError error, RetryAdvice advice) implements Outcome {}

    /** It took longer than its policy allows. */
    record TimedOut(JobError error) implements Outcome {}
}
