package dev.millrace.stream.jobs;

import java.util.List;

/** What one call of the function library may be given. */
public final class Batch {

    private Batch() {}

    public static void check(List<?> items) {
        if (items.size() > JobStreams.MAX_BATCH) {
            throw new IllegalArgumentException("One call moves at most %d jobs, not %d; split them."
                    .formatted(JobStreams.MAX_BATCH, items.size()));
        }
    }
}
