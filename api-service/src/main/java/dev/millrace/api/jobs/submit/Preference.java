package dev.millrace.api.jobs.submit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Prefer: wait=N} (RFC 7240). A preference that cannot be read is no preference. */
final class Preference {

    private static final Pattern WAIT =
            Pattern.compile("\\s*wait\\s*=\\s*\"?(\\d+)\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final int MAX_DIGITS = 5;
    private static final int MAX_SECONDS = 60;

    private Preference() {}

    /** The first wait that is preferred: 0 to 60 seconds, more counts as 60. */
    static Optional<Duration> ofWait(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Pattern.compile(",").splitAsStream(header))
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .map(found -> seconds(found.group(1)))
                .findFirst();
    }

    private static Duration seconds(String digits) {
        int seconds = digits.length() > MAX_DIGITS ? MAX_SECONDS : Integer.parseInt(digits);
        return Duration.ofSeconds(Math.min(MAX_SECONDS, seconds));
    }
}
