package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call of the api.
 *
 * @param template the path with a {@code {}} for each argument
 * @param query names and values, not yet encoded, in their order
 * @param body what is sent, with its media type
 * @param patience how long its answer may take beyond the usual
 */
public record Call(
        String method,
        String template,
        List<String> arguments,
        List<Map.Entry<String, String>> query,
        Map<String, String> headers,
        Optional<Body> body,
        Duration patience) {

    private static final String API = "/api/v1";
    private static final Pattern PLACE = Pattern.compile("\\{}");

    /** A body and its media type. */
    public record Body(String type, String text) {}

    public Call {
        arguments.forEach(Call::refuseWhatIsNoSegment);
    }

    /** What reads below {@code /api/v1}. */
    public static Call get(String template, String... arguments) {
        return of("GET", API + template, arguments);
    }

    /** What reads beside it, such as health. */
    public static Call getFromRoot(String path) {
        return of("GET", path);
    }

    public static Call post(String template, String... arguments) {
        return of("POST", API + template, arguments);
    }

    public static Call put(String template, String... arguments) {
        return of("PUT", API + template, arguments);
    }

    public static Call patch(String template, String... arguments) {
        return of("PATCH", API + template, arguments);
    }

    public static Call delete(String template, String... arguments) {
        return of("DELETE", API + template, arguments);
    }

    private static Call of(String method, String template, String... arguments) {
        return new Call(method, template, List.of(arguments), List.of(), Map.of(), Optional.empty(), Duration.ZERO);
    }

    /** With a query parameter; as it was if the value is null. */
    public Call query(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        List<Map.Entry<String, String>> more = new ArrayList<>(query);
        more.removeIf(one -> one.getKey().equals(name));
        more.add(Map.entry(name, value.toString()));
        return new Call(method, template, arguments, List.copyOf(more), headers, body, patience);
    }

    /** With a header; as it was if the value is null. */
    public Call header(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, template, arguments, query, Map.copyOf(more), body, patience);
    }

    public Call json(JsonNode tree) {
        return body("application/json", Json.text(tree));
    }

    public Call body(String type, String text) {
        return new Call(method, template, arguments, query, headers, Optional.of(new Body(type, text)), patience);
    }

    /** Whose answer may take so much longer. */
    public Call patience(Duration longer) {
        return new Call(method, template, arguments, query, headers, body, longer);
    }

    /** Its path and query, encoded. */
    public String path() {
        int[] next = {0};
        String path = PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(encoded(arguments.get(next[0]++))));
        StringBuilder all = new StringBuilder(path);
        query.forEach(one -> all.append(all.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(one.getKey()))
                .append('=')
                .append(encoded(one.getValue())));
        return all.toString();
    }

    /** Method and path as people know it, its arguments left open. */
    public String operation() {
        return method + " " + template.replace("{}", "{…}");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    /** An empty segment, or one of dots, would lead to another path. */
    private static void refuseWhatIsNoSegment(String argument) {
        if (argument.isBlank() || argument.equals(".") || argument.equals("..")) {
            throw new Unusable("'" + argument + "' is no name and no id.");
        }
    }
}
