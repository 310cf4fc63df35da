package dev.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Several values in the place of one: {@code {"$chunk": [value, …]}}. The task of a job with such a payload runs once for each value, in
 * order, and what it makes of them is the result, in the same form.
 */
public final class Chunk {

    /** How many values there are at most. */
    public static final int MOST = 1_000;

    private static final String FIELD = "$chunk";
    private static final String BEGINNING = "{\"" + FIELD + "\":";

    private Chunk() {}

    /** Of these values. */
    public static ObjectNode of(Collection<? extends JsonNode> values) {
        ObjectNode chunk = JsonNodeFactory.instance.objectNode();
        values.forEach(chunk.putArray(FIELD)::add);
        return chunk;
    }

    /** The JSON text of one, of the JSON texts of its values. */
    public static String textOf(List<String> values) {
        return BEGINNING + '[' + String.join(",", values) + "]}";
    }

    /** What it holds; empty if the value is none. */
    public static Optional<ArrayNode> valuesOf(JsonNode value) {
        return value.size() == 1 && value.get(FIELD) instanceof ArrayNode values
                ? Optional.of(values)
                : Optional.empty();
    }

    /** Whether a JSON text without spaces may be one. */
    public static boolean isLike(String json) {
        return json.startsWith(BEGINNING);
    }

    /** Where a value of it stands in it. */
    public static String pointer(int index) {
        return "/" + FIELD + "/" + index;
    }
}
