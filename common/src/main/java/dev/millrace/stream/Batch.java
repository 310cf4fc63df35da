package dev.millrace.stream;

import java.util.List;

/** What one call of the function library may be given. */
final class Batch {

    private Batch() {}

    static void check(List<?> items) {
        if (items.size() > JobStreams.MAX_BATCH) {
            throw new IllegalArgumentException("One call moves at most %d jobs, not %d; split them."
                    .formatted(JobStreams.MAX_BATCH, items.size()));
        }
    }
}
