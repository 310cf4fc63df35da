package dev.millrace.ctl.verb;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times and lengths of time as people type them. */
public final class Typed {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");
    private static final String SPANS = "a length of time is like 500ms, 30s, 5m, 2h, 7d or PT1H30M";
    private static final String TIMES = "a time is like 2026-01-31T12:00:00Z";

    private Typed() {}

    /** A point of time: RFC 3339, or a length of time that lies between it and now. */
    public record Ago(Instant at) {}

    /** Of {@code 30s} or of {@code PT30S}; a bare number is of seconds. */
    public static Duration span(String text) {
        Matcher simple = SPAN.matcher(text);
        if (simple.matches()) {
            return simple(Long.parseLong(simple.group(1)), simple.group(2) == null ? "s" : simple.group(2));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(SPANS, none);
        }
    }

    /** Of RFC 3339. */
    public static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(TIMES, none);
        }
    }

    public static Ago ago(String text, Instant now) {
        try {
            return new Ago(Instant.parse(text));
        } catch (DateTimeException noTime) {
            return new Ago(now.minus(span(text)));
        }
    }

    private static Duration simple(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
