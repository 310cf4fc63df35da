package dev.millrace.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a retry policy that a job, a task or a queue wants otherwise; null for those it leaves as they are. Each
 * part has the bounds it has in {@link RetryPolicy} and {@link Backoff}, so that every override fits over every policy.
 */
public record RetryOverride(
        @Nullable Integer maxAttempts,
        @Nullable BackoffType type,
        @Nullable Duration base,
        @Nullable Double factor,
        @Nullable Duration max,
        @Nullable Jitter jitter) {

    /** Wants nothing otherwise. */
    public static final RetryOverride NONE = new RetryOverride(null, null, null, null, null, null);

    public RetryOverride {
        if (maxAttempts != null) {
            RetryRules.attempts(maxAttempts);
        }
        if (factor != null) {
            RetryRules.factor(factor);
        }
        base = base == null ? null : RetryRules.wait("base", base);
        max = max == null ? null : RetryRules.wait("max", max);
        if (base != null && max != null) {
            RetryRules.inOrder(base, max);
        }
    }

    /** The whole of a policy. */
    public static RetryOverride of(RetryPolicy policy) {
        Backoff backoff = policy.backoff();
        return new RetryOverride(
                policy.maxAttempts(),
                backoff.type(),
                backoff.base(),
                backoff.factor(),
                backoff.max(),
                backoff.jitter());
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * The policy with what this override says. Where base and max come from different sides and do not fit, the one
     * that this override names draws the other along: a base of one hour over a max of ten minutes makes the max one
     * hour too.
     */
    public RetryPolicy over(RetryPolicy policy) {
        return new RetryPolicy(or(maxAttempts, policy.maxAttempts()), over(policy.backoff()));
    }

    private Backoff over(Backoff backoff) {
        Duration newBase = base != null ? base : lower(backoff.base(), max);
        Duration newMax = max != null ? max : higher(backoff.max(), base);
        return new Backoff(
                or(type, backoff.type()), newBase, or(factor, backoff.factor()), newMax, or(jitter, backoff.jitter()));
    }

    private static Duration lower(Duration inherited, @Nullable Duration bound) {
        return bound != null && bound.compareTo(inherited) < 0 ? bound : inherited;
    }

    private static Duration higher(Duration inherited, @Nullable Duration bound) {
        return bound != null && bound.compareTo(inherited) > 0 ? bound : inherited;
    }

    private static <T> T or(@Nullable T own, T inherited) {
        return own != null ? own : inherited;
    }
}
