package dev.millrace.job;

import dev.millrace.retry.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run may take, and what follows its failure.
 *
 * @param timeout after which the run is interrupted and its job ends TIMED_OUT; 1 ms to {@link #LONGEST}
 * @param softTimeout after which the task is asked to come to an end, shorter than {@code timeout}; null if never
 */
public record ExecutionPolicy(Duration timeout, @Nullable Duration softTimeout, RetryPolicy retry) {

    /** No limit is longer than this. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** Half an hour, no soft limit, {@link RetryPolicy#DEFAULT}. */
    public static final ExecutionPolicy DEFAULT =
            new ExecutionPolicy(Duration.ofMinutes(30), null, RetryPolicy.DEFAULT);

    public ExecutionPolicy {
        timeout = limit("timeout", timeout);
        softTimeout = softTimeout == null ? null : limit("softTimeout", softTimeout);
        inOrder(softTimeout, timeout);
    }

    /** Cut to whole milliseconds. */
    static Duration limit(String what, Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The %s must be PT0.001S to %s, not %s.".formatted(what, LONGEST, limit));
        }
        return Duration.ofMillis(limit.toMillis());
    }

    static void inOrder(@Nullable Duration softTimeout, @Nullable Duration timeout) {
        if (softTimeout != null && timeout != null && softTimeout.compareTo(timeout) >= 0) {
            throw new IllegalArgumentException(
                    "The softTimeout (%s) must be shorter than the timeout (%s).".formatted(softTimeout, timeout));
        }
    }
}
