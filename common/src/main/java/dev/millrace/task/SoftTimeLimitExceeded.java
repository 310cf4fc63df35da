package dev.millrace.task;

import java.time.Duration;

/**
 * The run has passed its soft limit. Comes once out of {@link TaskContext#progress} or {@link TaskContext#sleep}, on
 * whatever thread calls first; afterwards both work as before, so that the task can clean up until its {@link
 * TaskContext#deadline}. If the task lets it out, the job ends TIMED_OUT.
 */
public final class SoftTimeLimitExceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SoftTimeLimitExceeded(Duration softTimeout) {
        super("The run has passed its soft limit of " + softTimeout + ".");
    }
}
