package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a JSON document (RFC 6901), which is never the whole of it. */
public record Pointer(List<String> tokens) {

    private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    public Pointer {
        tokens = List.copyOf(tokens);
    }

    /** Empty for a text that is no such pointer. */
    static Optional<Pointer> parse(String text) {
        if (!text.startsWith("/") || BAD_ESCAPE.matcher(text).find()) {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.of(new Pointer(tokens));
    }

    public String first() {
        return tokens.getFirst();
    }

    /** The token at a place; empty text behind the last, where no step and no field has its name. */
    public String token(int at) {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    /** What the tokens from that one on lead to, seen from a value; null if there is nothing. */
    public @Nullable JsonNode in(@Nullable JsonNode value, int from) {
        JsonNode found = value;
        for (String token : tokens.subList(Math.min(from, tokens.size()), tokens.size())) {
            found = found == null ? null : step(found, token);
        }
        return found;
    }

    private static @Nullable JsonNode step(JsonNode value, String token) {
        if (value.isArray()) {
            return INDEX.matcher(token).matches() ? value.get(Integer.parseInt(token)) : null;
        }
        return value.get(token);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }
}
