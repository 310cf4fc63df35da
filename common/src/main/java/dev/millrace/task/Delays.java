package dev.millrace.task;

import java.time.Duration;

/** The bounds of a delay that a task asks for. */
final class Delays {

    private static final Duration LONGEST = Duration.ofDays(30);

    private Delays() {}

    static Duration checked(Duration delay, Duration shortest) {
        if (delay.compareTo(shortest) < 0 || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A job can wait %s to %s for its next run, not %s.".formatted(shortest, LONGEST, delay));
        }
        return delay;
    }
}
