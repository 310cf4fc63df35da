package dev.millrace.api.workflows.graph;

/**
 * What a node waits for.
 *
 * @param node the number of the sibling that comes before
 * @param on which of its ends lets the node run
 */
public record Edge(int node, On on) {

    /** The ends of the node before. */
    public enum On {
        SUCCESS,
        FAILURE,
        ANY
    }
}
