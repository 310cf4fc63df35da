package dev.millrace.api.record.stats;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * How far back one looks. A window begins with a whole minute, or quarter of an hour, so that it is longer than its name says by what has passed of the
 * present one.
 */
enum Window {
    MINUTE("1m", Duration.ofMinutes(1), Duration.ofMinutes(1)),
    QUARTER("15m", Duration.ofMinutes(15), Duration.ofMinutes(1)),
    HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1)),
    DAY("24h", Duration.ofHours(24), Duration.ofMinutes(15));

    private final String label;
    private final Duration length;
    private final Duration step;

    Window(String label, Duration length, Duration step) {
        this.label = label;
        this.length = length;
        this.step = step;
    }

    String label() {
        return label;
    }

    /** Of one point of a series. */
    Duration step() {
        return step;
    }

    boolean ofQuarters() {
        return this == DAY;
    }

    /** When it begins if it ends then. */
    Instant from(Instant to) {
        long minutes = to.atOffset(ZoneOffset.UTC).getMinute() % step.toMinutes();
        return to.truncatedTo(ChronoUnit.MINUTES)
                .minus(Duration.ofMinutes(minutes))
                .minus(length);
    }

    static Window of(String label) {
        for (Window one : values()) {
            if (one.label.equals(label)) {
                return one;
            }
        }
        throw new IllegalArgumentException("There is no such window.");
    }
}
