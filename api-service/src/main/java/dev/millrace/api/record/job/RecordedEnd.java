package dev.millrace.api.record.job;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An end that a row has taken.
 *
 * @param attempt that it ended
 * @param start of the run that it ended; null if none was reported
 * @param error why the job did not succeed; null if that is not said
 * @param orders what its run ordered, as in {@link JobEvent.Ended}; null for nothing
 */
public record RecordedEnd(
        JobId job,
        Position position,
        JobState state,
        int attempt,
        Instant at,
        @Nullable Start start,
        @Nullable JobError error,
        @Nullable String orders) {

    /** Whether the job is left to people. */
    public boolean failed() {
        return failed(state);
    }

    /** Whether an end in that state leaves its job to people. */
    public static boolean failed(JobState state) {
        return state == JobState.FAILED || state == JobState.TIMED_OUT;
    }
}
