package dev.millrace.bench.records;

import java.util.Optional;

/**
 * Calls of a task that counts.
 *
 * @param count at least 1
 * @param first when the first began, in nanoseconds since 1970
 * @param last when the last began
 */
public record Calls(long count, long first, long last) {

    /** What a worker has written; empty while it has written no whole line yet, or counted nothing. */
    static Optional<Calls> read(String text) {
        String[] words = text.trim().split(" ", -1);
        if (words.length != 3 || Long.parseLong(words[0]) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Calls(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])));
    }

    /** Those of two workers together. */
    Calls and(Calls other) {
        return new Calls(count + other.count, Math.min(first, other.first), Math.max(last, other.last));
    }
}
