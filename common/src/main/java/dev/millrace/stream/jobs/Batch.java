package dev.millrace.stream.jobs;

import dev.millrace.batch.Parts;
import java.util.List;

/** What one call of the function library may be given. */
public final class Batch {

    /** How many items one call may be given. */
    public static final int MAX = 250;

    private Batch() {}

    /** The items in their order, in lists that one call may be given. */
    public static <T> List<List<T>> parts(List<T> items) {
        return Parts.of(items, MAX);
    }

    public static void check(List<?> items) {
        if (items.size() > MAX) {
            throw new IllegalArgumentException(
                    "One call moves at most %d jobs, not %d; split them.".formatted(MAX, items.size()));
        }
    }
}
