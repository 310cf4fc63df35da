package dev.millrace.local.run;

import java.time.Duration;

/**
 * How long to wait before a program is started again: the first time {@code first}, doubling to {@code longest} while it
 * keeps dying young, and from the start once it has lived for {@code longest}.
 */
public record RestartBackoff(Duration first, Duration longest) {

    /** Half a second to 30 s. */
    public static final RestartBackoff USUAL = new RestartBackoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    public RestartBackoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "A back-off starts above zero and does not shrink, unlike " + first + " to " + longest + ".");
        }
    }

    /**
     * The next wait.
     *
     * @param previous the wait before this life, zero if it is the first
     * @param lived from ready to dead
     */
    public Duration next(Duration previous, Duration lived) {
        if (previous.isZero() || lived.compareTo(longest) >= 0) {
            return first;
        }
        Duration doubled = previous.multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
