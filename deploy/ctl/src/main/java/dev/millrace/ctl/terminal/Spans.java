package dev.millrace.ctl.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and lengths of time as people read them. */
public final class Spans {

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long DAYS_AS_HOURS = 2;

    private Spans() {}

    /** In its two greatest units at most: {@code 12ms}, {@code 3.4s}, {@code 5m12s}, {@code 3h5m}, {@code 4d2h}. */
    public static String text(Duration span) {
        long millis = Math.max(0, span.toMillis());
        long seconds = millis / MILLIS_PER_SECOND;
        if (millis < MILLIS_PER_SECOND) {
            return millis + "ms";
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return seconds < 10 && millis % MILLIS_PER_SECOND >= 100
                    ? String.format(Locale.ROOT, "%.1fs", Math.floor(millis / 100.0) / 10)
                    : seconds + "s";
        }
        if (seconds < SECONDS_PER_HOUR) {
            return pair(seconds / SECONDS_PER_MINUTE, "m", seconds % SECONDS_PER_MINUTE, "s");
        }
        if (seconds < DAYS_AS_HOURS * SECONDS_PER_DAY) {
            return pair(seconds / SECONDS_PER_HOUR, "h", seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE, "m");
        }
        return pair(seconds / SECONDS_PER_DAY, "d", seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR, "h");
    }

    /** A time in UTC to the second. */
    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }

    private static String pair(long great, String unit, long small, String smallUnit) {
        return small == 0 ? great + unit : great + unit + small + smallUnit;
    }
}
