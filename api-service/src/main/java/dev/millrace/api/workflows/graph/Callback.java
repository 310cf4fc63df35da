package dev.millrace.api.workflows.graph;

/** When a workflow has a job made that is no part of it. */
public enum Callback {
    SUCCESS("success"),
    PARTIAL("partial"),
    FAILURE("failure"),
    COMPLETE("complete"),
    FIRST_FAILURE("firstFailure");

    private final String key;

    Callback(String key) {
        this.key = key;
    }

    /** Its key under {@code on}. */
    public String key() {
        return key;
    }

    /** The number that a job of it carries in place of a node's. */
    public int number() {
        return -1 - ordinal();
    }
}
