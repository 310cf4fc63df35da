package dev.millrace.api.live;

import dev.millrace.api.query.Refusals;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how long a client wants to wait. */
final class WaitTime {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int MOST_DIGITS = 9;

    private WaitTime() {}

    /** Whole seconds, of which more than 60 are 60; zero if nothing is given. */
    static Duration parse(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        if (!text.matches("\\d{1," + MOST_DIGITS + "}")) {
            throw Refusals.badParameter("The query parameter 'wait' is a whole number of seconds, 0 to 60.");
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(text));
        return wanted.compareTo(MOST) > 0 ? MOST : wanted;
    }
}
