package dev.millrace.ctl.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** The operations of a server, in the {@code paths} of its OpenAPI document. */
final class Operations {

    private static final Pattern NAMED = Pattern.compile("\\{[^}]*}");

    private Operations() {}

    /** Whether one of them is what a call calls; what arguments are named does not matter. */
    static boolean has(JsonNode paths, Call call) {
        return paths.properties().stream()
                .filter(path -> NAMED.matcher(path.getKey()).replaceAll("{}").equals(call.template()))
                .anyMatch(path -> path.getValue().has(call.method().toLowerCase(Locale.ROOT)));
    }
}
