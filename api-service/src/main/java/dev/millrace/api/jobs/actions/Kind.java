package dev.millrace.api.jobs.actions;

import dev.millrace.api.record.members.FoundJob;
import dev.millrace.job.JobState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is done to jobs. */
enum Kind {
    /** Those that have not ended. */
    CANCEL,

    /** Those that have ended without success. */
    RETRY,

    /** Those that have ended. */
    DELETE;

    /** The kind of this label; throws {@link IllegalArgumentException} if there is none. */
    static Kind ofLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no such action."));
    }

    /**
     * The states of jobs to which it can be done, in the order in which they are gone through: that in which jobs come to run, so that
     * one that goes on meanwhile is met later.
     */
    List<JobState> states() {
        return switch (this) {
            case CANCEL -> List.of(JobState.SCHEDULED, JobState.RETRYING, JobState.QUEUED, JobState.RUNNING);
            case RETRY -> List.of(JobState.FAILED, JobState.TIMED_OUT, JobState.CANCELLED, JobState.EXPIRED);
            case DELETE ->
                List.of(JobState.FAILED, JobState.TIMED_OUT, JobState.CANCELLED, JobState.EXPIRED, JobState.SUCCEEDED);
        };
    }

    /** As {@link #states}, of a filter that perhaps names one. */
    Stream<JobState> states(Selector selector) {
        JobState only = selector.filter().state();
        return states().stream().filter(state -> only == null || only == state);
    }

    boolean fits(JobState state) {
        return states().contains(state);
    }

    /** Whether it is done to that job. */
    boolean fits(FoundJob job) {
        return fits(job.state()) && !job.kept();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
