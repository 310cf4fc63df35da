package dev.millrace.job;

/** Where a job is in its life: four states in which it waits or runs, five in which it has ended for good. */
public enum JobState {
    /** Waits for its time. */
    SCHEDULED,
    QUEUED,
    RUNNING,
    /** Waits for its next attempt. */
    RETRYING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    EXPIRED;

    public boolean ended() {
        return compareTo(SUCCEEDED) >= 0;
    }
}
