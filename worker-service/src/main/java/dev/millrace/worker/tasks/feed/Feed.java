package dev.millrace.worker.tasks.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed as it was read.
 *
 * @param title what it says of itself
 * @param entries in its own order; the one in which it breaks is not among them
 * @param brokenAtLine the line from which on it cannot be read; null if it was read to its end
 */
record Feed(
        @Nullable String title,
        List<Entry> entries,
        @Nullable Integer brokenAtLine) {

    Feed {
        entries = List.copyOf(entries);
    }
}
