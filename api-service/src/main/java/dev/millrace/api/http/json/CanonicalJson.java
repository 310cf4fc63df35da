package dev.millrace.api.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for all spellings of a value: fields in the order of their names, no white space, numbers by their value.
 * Two bodies mean the same if and only if their texts are equal.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** SHA-256 of the value's text. */
    public static byte[] hash(JsonNode value) {
        return sha256().digest(write(value).getBytes(StandardCharsets.UTF_8));
    }

    static String write(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> appendObject(text, value);
            case ARRAY -> appendArray(text, value);
            case NUMBER -> text.append(value.decimalValue().stripTrailingZeros());
            default -> text.append(value);
        }
    }

    private static void appendObject(StringBuilder text, JsonNode object) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        text.append('{');
        sorted.forEach((name, value) -> {
            text.append(TextNode.valueOf(name)).append(':');
            append(text, value);
            text.append(',');
        });
        text.append('}');
    }

    private static void appendArray(StringBuilder text, JsonNode array) {
        text.append('[');
        array.forEach(item -> {
            append(text, item);
            text.append(',');
        });
        text.append(']');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
