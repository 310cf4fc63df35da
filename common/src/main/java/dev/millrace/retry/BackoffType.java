package dev.millrace.retry;

import dev.millrace.names.Labelled;

/** How the wait grows from one failure to the next. */
public enum BackoffType implements Labelled {
    FIXED,
    EXPONENTIAL;

    /**
     * The type that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code fixed} nor {@code exponential}
     */
    public static BackoffType ofLabel(String label) {
        return Labelled.of(values(), "back-off type", label);
    }
}
