package dev.millrace.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a job waits after a failure.
 *
 * <p>After failure number {@code n}, counted from 1, the wait is at most
 *
 * <pre>
 * fixed        min(max, base)
 * exponential  min(max, base · factor^(n-1))
 * </pre>
 *
 * Without jitter it waits exactly so long. With full jitter it waits a time drawn evenly from zero to that, which keeps
 * jobs that failed together from coming back together ("Full Jitter" in M. Brooker, <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>,
 * AWS Architecture Blog, 2015).
 *
 * @param base of the first wait; zero to {@link #LONGEST}, in whole milliseconds, what is finer is cut off
 * @param factor by which each wait exceeds the one before, 1 to {@link #MAX_FACTOR}; a fixed back-off ignores it
 * @param max of any wait; {@code base} to {@link #LONGEST}, in whole milliseconds
 */
public record Backoff(BackoffType type, Duration base, double factor, Duration max, Jitter jitter) {

    /** No wait is longer than this. */
    public static final Duration LONGEST = Duration.ofDays(30);

    public static final double MAX_FACTOR = 100;

    /** Exponential from 1 s, doubled each time up to 10 min, with full jitter. */
    public static final Backoff DEFAULT =
            new Backoff(BackoffType.EXPONENTIAL, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), Jitter.FULL);

    public Backoff {
        base = RetryRules.wait("base", base);
        max = RetryRules.wait("max", max);
        RetryRules.factor(factor);
        RetryRules.inOrder(base, max);
    }

    /**
     * How long to wait after a failure; in whole milliseconds.
     *
     * @param attempt that failed, from 1
     */
    public Duration delayAfter(int attempt, RandomGenerator random) {
        long atMost = ceilingAfter(attempt).toMillis();
        return switch (jitter) {
            case NONE -> Duration.ofMillis(atMost);
            case FULL -> Duration.ofMillis(random.nextLong(atMost + 1));
        };
    }

    /** The longest that {@link #delayAfter} may say. */
    public Duration ceilingAfter(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts are counted from 1, not " + attempt + ".");
        }
        return switch (type) {
            case FIXED -> base;
            case EXPONENTIAL -> grown(attempt - 1);
        };
    }

    /** In floating point, where what is too large becomes infinite, which {@code min} takes. */
    private Duration grown(int times) {
        double millis = base.isZero() ? 0 : base.toMillis() * Math.pow(factor, times);
        return Duration.ofMillis((long) Math.min((double) max.toMillis(), millis));
    }
}
