package dev.millrace.worker.tasks.http;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code Retry-After} field of RFC 9110: seconds, or a date. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

    private RetryAfter() {}

    /** Empty if the field is neither; zero if its date has passed; 68 years if it asks for more seconds. */
    static Optional<Duration> parse(String field, Instant now) {
        String text = field.trim();
        return SECONDS.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(new BigInteger(text).min(MOST).longValue()))
                : HttpDate.parse(text, now).map(at -> at.isBefore(now) ? Duration.ZERO : Duration.between(now, at));
    }
}
