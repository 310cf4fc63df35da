package dev.millrace.api.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Values that a schema of the contract does not take. */
final class BadValues {

    /** One of each type, and of its edges. */
    private static final Map<String, List<String>> OF_TYPE = Map.of(
            "null", List.of("null"),
            "boolean", List.of("true", "false"),
            "integer", List.of("1", "-1", "99999999999999999999"),
            "number", List.of("1.5", "-0.0", "1e2", "1e400"),
            "string",
                    List.of(
                            "\"\"",
                            "\"x\"",
                            "\"<script>alert(1)</script>\"",
                            "\"' or 1=1 --\"",
                            "\"${jndi:ldap://x}\""),
            "array", List.of("[]", "[null]", "[[]]"),
            "object", List.of("{}", "{\"@class\":\"java.lang.Runtime\"}"));

    private BadValues() {}

    /** JSON texts. */
    static List<String> json(JsonNode schema) {
        List<String> bad = new ArrayList<>();
        OF_TYPE.forEach((type, values) -> {
            if (!types(schema).contains(type)) {
                bad.addAll(values);
            }
        });
        if (schema.has("maximum")) {
            bad.add(Long.toString(schema.get("maximum").asLong() + 1));
            bad.add(Long.toString(schema.get("minimum").asLong() - 1));
        }
        if (schema.has("pattern")) {
            bad.addAll(List.of("\"\"", "\"a b\"", "\"a/b\"", "\"\\u00e9\"", "\"" + "n".repeat(129) + "\""));
        }
        if (schema.has("maxItems")) {
            bad.addAll(List.of(
                    "[1]",
                    "[\"a,b\"]",
                    "[null]",
                    "[" + "\"t\",".repeat(schema.get("maxItems").asInt()) + "\"t\"]"));
        }
        return bad;
    }

    /** Texts of a query. */
    static List<String> query(JsonNode schema) {
        if (schema.has("enum")) {
            Set<String> good = new TreeSet<>();
            schema.get("enum").forEach(one -> good.add(one.asText()));
            return Stream.of("", "running", "QUEUED,RUNNING", "x", "%00", "%F0%9F%98%80", "%ED%A0%80", "null")
                    .filter(text -> !good.contains(text))
                    .toList();
        }
        if (types(schema).contains("integer")) {
            return numbers(schema);
        }
        if (schema.path("format").asText().equals("date-time")) {
            return List.of(
                    "",
                    "now",
                    "0",
                    "2020-01-01",
                    "2020-13-01T00:00:00Z",
                    "2020-01-01T00:00:00",
                    "%2B12020-01-01T00:00:00Z",
                    "%00");
        }
        if (schema.has("pattern")) {
            return List.of("", "a%20b", "%00", "a%2Fb", "!!!!", "%C3%A9", "x".repeat(129));
        }
        return schema.has("minLength") ? List.of("", "%00", "a%00b") : List.of();
    }

    private static List<String> numbers(JsonNode schema) {
        List<String> bad = new ArrayList<>(List.of(
                "",
                "one",
                "1.5",
                "1e1",
                "0x10",
                "NaN",
                "%2B5",
                "+5",
                "%D9%A3",
                "99999999999999999999",
                "-1",
                "1%00",
                "1;2"));
        bad.add(Long.toString(schema.get("maximum").asLong() + 1));
        bad.add(Long.toString(schema.get("minimum").asLong() - 1));
        return bad;
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<String> types = new TreeSet<>();
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(one -> types.add(one.asText()));
        return types;
    }
}
