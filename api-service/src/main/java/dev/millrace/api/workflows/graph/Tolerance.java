package dev.millrace.api.workflows.graph;

/**
 * How many of the members or children of a node may fail before the node does.
 *
 * @param failures at most so many
 * @param percent and at most this part of all
 */
public record Tolerance(int failures, int percent) {

    static final Tolerance NONE = new Tolerance(0, 100);
    static final Tolerance ALL = new Tolerance(Integer.MAX_VALUE, 100);

    /** Whether a node of that size may still end well, or in part, with so many that failed. */
    public boolean allows(int failed, int size) {
        return failed <= failures && (long) failed * 100 <= (long) percent * size;
    }
}
