package dev.millrace.worker.tasks.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a payload's body is on the wire.
 *
 * @param text the body, if there is one
 * @param headers the payload's, and the type of the body
 */
record SentBody(Optional<String> text, Map<String, String> headers) {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final Pattern PLAIN_JSON = Pattern.compile("(?i)application/json *(;.*)?");
    private static final Pattern ANY_JSON = Pattern.compile("(?i)[^;]*[/+]json *(;.*)?");
    private static final Pattern OTHER_CHARSET = Pattern.compile("(?i).*; *charset *= *\"?(?!utf-8\"? *(;|$)).*");

    /** @throws IllegalArgumentException if the body cannot be sent as the type that the headers name */
    static SentBody of(@Nullable JsonNode body, Map<String, String> headers) {
        if (body == null || body.isNull()) {
            return new SentBody(Optional.empty(), headers);
        }
        Map<String, String> typed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        typed.putAll(headers);
        typed.putIfAbsent(CONTENT_TYPE, "application/json");
        return new SentBody(Optional.of(text(body, typed.getOrDefault(CONTENT_TYPE, ""))), typed);
    }

    private static String text(JsonNode body, String type) {
        if (OTHER_CHARSET.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "The Content-Type names a charset other than utf-8, in which every body is sent: leave it out.");
        }
        if (body.isTextual() && !PLAIN_JSON.matcher(type).matches()) {
            return body.textValue();
        }
        if (!ANY_JSON.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "The body is no string, so it is sent as JSON, but the Content-Type is another: make it a string, or leave the header out.");
        }
        return body.toString();
    }
}
