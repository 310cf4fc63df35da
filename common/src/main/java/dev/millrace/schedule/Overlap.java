package dev.millrace.schedule;

import dev.millrace.names.Labelled;

/** What a fire does while the job of an earlier one has not ended. */
public enum Overlap implements Labelled {
    /** Makes a job all the same. */
    ALLOW,

    /** Makes none. */
    SKIP;

    /**
     * The rule that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code allow} nor {@code skip}
     */
    public static Overlap ofLabel(String label) {
        return Labelled.of(values(), "overlap", label);
    }
}
