package dev.millrace.retry;

import java.time.Duration;

/** What every policy and every override must keep to. */
final class RetryRules {

    private RetryRules() {}

    static void attempts(int maxAttempts) {
        if (maxAttempts < 1 || maxAttempts > RetryPolicy.MOST_ATTEMPTS) {
            throw new IllegalArgumentException("maxAttempts must be 1 to %d, the first one included, not %d."
                    .formatted(RetryPolicy.MOST_ATTEMPTS, maxAttempts));
        }
    }

    /** Cut to whole milliseconds. */
    static Duration wait(String what, Duration wait) {
        if (wait.isNegative() || wait.compareTo(Backoff.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The back-off's %s must be PT0S to %s, not %s.".formatted(what, Backoff.LONGEST, wait));
        }
        return Duration.ofMillis(wait.toMillis());
    }

    static void factor(double factor) {
        if (!(factor >= 1 && factor <= Backoff.MAX_FACTOR)) {
            throw new IllegalArgumentException(
                    "The back-off's factor must be 1 to %.0f, not %s.".formatted(Backoff.MAX_FACTOR, factor));
        }
    }

    static void inOrder(Duration base, Duration max) {
        if (base.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "The back-off's base (%s) must not be longer than its max (%s).".formatted(base, max));
        }
    }
}
