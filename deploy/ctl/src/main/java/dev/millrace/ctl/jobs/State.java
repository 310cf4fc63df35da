package dev.millrace.ctl.jobs;

import java.util.EnumSet;
import java.util.Set;

/** The states of a job, for filters and for shells that complete them. A later release of the api may know more. */
public enum State {
    SCHEDULED,
    QUEUED,
    RUNNING,
    RETRYING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    EXPIRED;

    private static final Set<State> WAITS_OR_RUNS = EnumSet.of(SCHEDULED, QUEUED, RUNNING, RETRYING);

    /** Whether a job in a state of this name has ended. */
    static boolean isEnd(String name) {
        return !name.isEmpty()
                && WAITS_OR_RUNS.stream().noneMatch(state -> state.name().equals(name));
    }
}
