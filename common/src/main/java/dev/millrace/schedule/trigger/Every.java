package dev.millrace.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Fires at {@code anchor + k · interval}, for each whole {@code k}, also below zero: the anchor aligns and does not begin.
 * Clocks that are set forward or back do not matter: a day is 24 hours.
 *
 * @param interval in whole seconds, 1 s to {@link #LONGEST}
 * @param anchor in whole milliseconds, what is finer is cut off; by custom the schedule's creation
 */
public record Every(Duration interval, Instant anchor) implements Trigger {

    public static final Duration LONGEST = Duration.ofDays(3660);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public Every {
        check(interval);
        anchor = ScheduleRules.instant("anchor", anchor);
    }

    private static void check(Duration interval) {
        if (interval.compareTo(SHORTEST) < 0
                || interval.compareTo(LONGEST) > 0
                || !interval.equals(wholeSeconds(interval))) {
            throw new IllegalArgumentException(
                    "The interval must be whole seconds, PT1S to %s, not %s.".formatted(LONGEST, interval));
        }
    }

    private static Duration wholeSeconds(Duration interval) {
        return interval.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public Optional<Occurrence> next(Instant after) {
        Instant millis = after.truncatedTo(ChronoUnit.MILLIS);
        long k = Math.floorDiv(ChronoUnit.MILLIS.between(anchor, millis), interval.toMillis()) + 1;
        return Optional.of(Occurrence.utc(anchor.plusMillis(k * interval.toMillis())));
    }

    @Override
    public String description() {
        return "every " + DurationWords.every(interval);
    }
}
