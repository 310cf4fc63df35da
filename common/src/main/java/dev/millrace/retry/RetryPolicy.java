package dev.millrace.retry;

/**
 * How often a job is tried, and how long it waits between two attempts.
 *
 * @param maxAttempts the first one included; 1 to {@link #MOST_ATTEMPTS}, 1 means that nothing is retried
 */
public record RetryPolicy(int maxAttempts, Backoff backoff) {

    public static final int MOST_ATTEMPTS = 10_000;

    /** Four attempts, with {@link Backoff#DEFAULT}. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Backoff.DEFAULT);

    public RetryPolicy {
        RetryRules.attempts(maxAttempts);
    }

    /** Whether there is another attempt after this one. */
    public boolean allowsAfter(int attempt) {
        return attempt < maxAttempts;
    }
}
