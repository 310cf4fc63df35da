package dev.millrace.retry;

import dev.millrace.names.Labelled;

/** How much of the wait is left to chance. */
public enum Jitter implements Labelled {
    NONE,
    FULL;

    /**
     * The jitter that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code none} nor {@code full}
     */
    public static Jitter ofLabel(String label) {
        return Labelled.of(values(), "jitter", label);
    }
}
