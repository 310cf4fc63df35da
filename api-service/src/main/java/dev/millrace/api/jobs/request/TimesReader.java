package dev.millrace.api.jobs.request;

import dev.millrace.api.record.job.DueTime;
import dev.millrace.json.JsonFields;
import dev.millrace.stream.jobs.Settling.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads when a job is to run, and when it may no longer start. Nothing is rounded to an earlier time. */
final class TimesReader {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final String DELAY = "a duration of PT0S to P36500D such as PT1H30M";
    private static final String TTL = "a duration of PT0.001S to P36500D such as PT1H30M";
    private static final String RESULT_TTL = "a duration of PT1M to P3650D such as PT1H";
    private static final String TIME = "a time of the years 1 to 9999 such as 2026-01-31T12:00:00Z";

    private final JsonFields fields;

    TimesReader(JsonFields fields) {
        this.fields = fields;
    }

    /** When it is to run; none for at once. */
    DueTime due() {
        return moment("delay", "runAt", DELAY, Duration.ZERO);
    }

    /** When it may no longer start; none for never. */
    DueTime expiry() {
        return moment("ttl", "expiresAt", TTL, Duration.ofMillis(1));
    }

    /** For how long after the end its result is kept; null for as long as the job. */
    @Nullable
    Duration resultTtl() {
        return fields.text("resultTtl", RESULT_TTL, TimesReader::resultTtl);
    }

    private static Duration resultTtl(String text) {
        Duration given = Duration.parse(text);
        if (given.compareTo(Duration.ofMinutes(1)) < 0 || given.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("The duration is out of its range.");
        }
        return given;
    }

    private DueTime moment(String after, String at, String what, Duration least) {
        if (fields.has(after) && fields.has(at)) {
            fields.wrong(at, "'%s' and '%s' say the same twice. Remove one of them.".formatted(after, at));
            return DueTime.NONE;
        }
        return new DueTime(
                fields.text(after, what, text -> duration(text, least)), fields.text(at, TIME, TimesReader::time));
    }

    private static Duration duration(String text, Duration least) {
        Duration given = Duration.parse(text);
        if (given.compareTo(least) < 0 || given.compareTo(Due.LONGEST) > 0) {
            throw new IllegalArgumentException("The duration is out of its range.");
        }
        return Duration.ofMillis(given.plusNanos(999_999).toMillis());
    }

    private static Instant time(String text) {
        Instant given = OffsetDateTime.parse(text).toInstant();
        if (given.isBefore(FIRST) || given.isAfter(Due.LATEST)) {
            throw new IllegalArgumentException("The time is out of its range.");
        }
        return given.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }
}
