package dev.millrace.api.workflows.query;

import dev.millrace.job.JobState;
import org.jspecify.annotations.Nullable;

/** In which states members can be asked for: those of jobs, and those of workflows. */
enum MemberState {
    SCHEDULED(JobState.SCHEDULED),
    QUEUED(JobState.QUEUED),
    RUNNING(JobState.RUNNING),
    RETRYING(JobState.RETRYING),
    WAITING(null),
    CANCELLING(null),
    COMPENSATING(null),
    SUCCEEDED(JobState.SUCCEEDED),
    PARTIAL(null),
    FAILED(JobState.FAILED),
    TIMED_OUT(JobState.TIMED_OUT),
    CANCELLED(JobState.CANCELLED),
    EXPIRED(JobState.EXPIRED);

    private final @Nullable JobState ofJobs;

    MemberState(@Nullable JobState ofJobs) {
        this.ofJobs = ofJobs;
    }

    /** Null if no job is in it. */
    @Nullable
    JobState ofJobs() {
        return ofJobs;
    }
}
