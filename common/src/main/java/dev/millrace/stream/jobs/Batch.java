package dev.millrace.stream.jobs;

import java.util.List;

/** What one call of the function library may be given. */
public final class Batch {

    /** How many items one call may be given. */
    public static final int MAX = 250;

    private Batch() {}

    public static void check(List<?> items) {
        if (items.size() > MAX) {
            throw new IllegalArgumentException(
                    "One call moves at most %d jobs, not %d; split them.".formatted(MAX, items.size()));
        }
    }
}
