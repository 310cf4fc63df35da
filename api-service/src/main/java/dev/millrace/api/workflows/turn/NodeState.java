package dev.millrace.api.workflows.turn;

/** How a node stands. */
public enum NodeState {
    /** Not all that it comes after has settled, or its scope is closed. */
    PENDING,
    /** For a time or a signal. */
    WAITING,
    /** It has members or children that may not have ended. */
    RUNNING,
    SUCCEEDED,
    /** Some of what it holds failed, and that was allowed. */
    PARTIAL,
    FAILED,
    /** With its workflow or its scope. */
    CANCELLED,
    /** Its condition, or an edge, said no: that counts as done. */
    SKIPPED,
    /** Something that comes before it failed. */
    UNREACHED;

    public boolean settled() {
        return ordinal() > RUNNING.ordinal();
    }
}
