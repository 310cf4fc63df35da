package dev.millrace.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every schedule must keep to. */
public final class ScheduleRules {

    public static final Instant EARLIEST = Instant.EPOCH;
    public static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private ScheduleRules() {}

    /** The instant cut to whole milliseconds. */
    public static Instant instant(String what, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "The %s must lie between %s and %s, not at %s.".formatted(what, EARLIEST, LATEST, instant));
        }
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Cut to whole seconds. */
    public static Duration within(String what, Duration least, Duration most, Duration value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("The %s must be %s to %s, not %s.".formatted(what, least, most, value));
        }
        return value.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A number of degrees. */
    public static void degrees(String what, double most, double value) {
        if (!(Math.abs(value) <= most)) {
            throw new IllegalArgumentException(
                    "The %s must be -%.0f to %.0f degrees, not %s.".formatted(what, most, most, value));
        }
    }
}
