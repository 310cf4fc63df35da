package dev.millrace.worker.run;

import dev.millrace.job.JobError;
import dev.millrace.job.JobState;
import dev.millrace.stream.JobStreams.Finish;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one run of a task ended. */
sealed interface Outcome {

    /** It returned; the result is JSON text, or null where it is to be ignored. */
    record Succeeded(@Nullable String result) implements Outcome {}

    record Failed(JobError error) implements Outcome {}

    /** It took longer than its task allows. */
    record TimedOut(JobError error) implements Outcome {}

    /** What this outcome makes of the job. */
    default Finish verdict(JobRun run, @Nullable Duration ran) {
        return switch (this) {
            case Succeeded succeeded -> new Finish(run.delivery(), JobState.SUCCEEDED, ran, succeeded.result(), null);
            case Failed failed -> new Finish(run.delivery(), JobState.FAILED, ran, null, failed.error());
            case TimedOut late -> new Finish(run.delivery(), JobState.TIMED_OUT, ran, null, late.error());
        };
    }
}
