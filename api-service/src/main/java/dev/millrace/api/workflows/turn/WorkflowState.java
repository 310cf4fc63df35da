package dev.millrace.api.workflows.turn;

/** How a workflow stands. */
public enum WorkflowState {
    /** It begins later. */
    SCHEDULED,
    RUNNING,
    /** All that is open in it waits for times or signals. */
    WAITING,
    /** It is to end without success, and some members have not ended yet. */
    CANCELLING,
    /** It is to end without success, and what it has done is being undone. */
    COMPENSATING,
    SUCCEEDED,
    PARTIAL,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    public boolean ended() {
        return ordinal() > COMPENSATING.ordinal();
    }
}
