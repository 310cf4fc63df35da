package dev.millrace.ctl.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Spans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Values of JSON as people read them. A cell of what is null or missing is {@code -}.
 *
 * @param now from which ages are told
 */
public record Cells(Instant now) {

    private static final String NOTHING = "-";
    private static final long KIBI = 1_024;

    /** Text as it is, other values as JSON. */
    public static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return NOTHING;
        }
        return value.isTextual() ? value.asText() : Json.text(value);
    }

    /** The same, empty where there is nothing. */
    public static String orEmpty(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "" : text(value);
    }

    /** Values of a list, separated by commas. */
    public static String list(JsonNode values) {
        String all = StreamSupport.stream(values.spliterator(), false)
                .map(Cells::text)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? NOTHING : all;
    }

    /** A number of milliseconds. */
    public static String millis(JsonNode value) {
        return value.isNumber() ? Spans.text(Duration.ofMillis(value.asLong())) : NOTHING;
    }

    /** A number of bytes. */
    public static String bytes(JsonNode value) {
        return value.isNumber() ? value.asLong() / (KIBI * KIBI) + " MB" : NOTHING;
    }

    /** How long ago a time was. */
    public String age(JsonNode value) {
        return time(value).map(at -> Spans.text(Duration.between(at, now))).orElse(NOTHING);
    }

    /** In how long a time will be. */
    public String in(JsonNode value) {
        return time(value).map(at -> Spans.text(Duration.between(now, at))).orElse(NOTHING);
    }

    /** A time, and how far it is from now; empty where there is none. */
    public String moment(JsonNode value) {
        return time(value)
                .map(at -> Spans.text(at)
                        + (at.isAfter(now)
                                ? " (in " + Spans.text(Duration.between(now, at)) + ")"
                                : " (" + Spans.text(Duration.between(at, now)) + " ago)"))
                .orElse("");
    }

    private static Optional<Instant> time(JsonNode value) {
        try {
            return value.isTextual() ? Optional.of(Instant.parse(value.asText())) : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
