package dev.millrace.sensitive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.json.Chunk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The values that a JSON Schema marks with {@code "x-sensitive": true}: all that lies at or below such a place. Every
 * alternative of the schema counts, whichever the value fits; of a {@link Chunk} each value is looked at by itself. Immutable; safe for use by several threads.
 */
public final class SensitiveFields {

    /** The keyword of schemas. */
    public static final String KEYWORD = "x-sensitive";

    /** What stands in the place of a value. */
    public static final String MASK = "***";

    /** Of a schema that marks nothing. */
    public static final SensitiveFields NONE = new SensitiveFields(JsonNodeFactory.instance.objectNode(), false);

    private static final String MASKED = '"' + MASK + '"';

    /** Numbers keep their notation as far as JSON trees do. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode schema;
    private final boolean some;

    private SensitiveFields(JsonNode schema, boolean some) {
        this.schema = schema;
        this.some = some;
    }

    public static SensitiveFields of(JsonNode schema) {
        return marksAny(schema) ? new SensitiveFields(schema, true) : NONE;
    }

    /** As {@link #of(JsonNode)}; a text that is no JSON marks nothing. */
    public static SensitiveFields of(String schema) {
        try {
            return of(JSON.readTree(schema));
        } catch (JsonProcessingException noSchema) {
            return NONE;
        }
    }

    /** Whether nothing is marked. */
    public boolean isEmpty() {
        return !some;
    }

    /**
     * The JSON with {@value #MASK} for each sensitive text, number, true and false. Names, lengths of lists and nulls stay. The same
     * text if nothing is marked; of what is no JSON nothing is shown.
     */
    public String masked(String json) {
        return some ? parsedAndMasked(json) : json;
    }

    /** As {@link #masked(String)}; the value that is given stays as it is. */
    public JsonNode masked(JsonNode value) {
        return some ? rewritten(value, leaf -> TextNode.valueOf(MASK)) : value;
    }

    /** The sensitive values of a JSON, to be taken out of texts; none if it is no JSON. */
    public Secrets secrets(String json) {
        if (!some) {
            return Secrets.NONE;
        }
        try {
            Set<String> values = new LinkedHashSet<>();
            JsonNode unused = rewritten(JSON.readTree(json), leaf -> {
                values.add(leaf.asText());
                return leaf;
            });
            return Secrets.of(values);
        } catch (JsonProcessingException noJson) {
            return Secrets.NONE;
        }
    }

    private String parsedAndMasked(String json) {
        try {
            return masked(JSON.readTree(json)).toString();
        } catch (JsonProcessingException noJson) {
            return MASKED;
        }
    }

    private JsonNode rewritten(JsonNode value, UnaryOperator<JsonNode> sensitive) {
        ApplicableSchemas schemas = ApplicableSchemas.of(schema);
        return Chunk.valuesOf(value)
                .<JsonNode>map(values -> Chunk.of(values.valueStream()
                        .map(one -> rewritten(one, schemas, sensitive))
                        .toList()))
                .orElseGet(() -> rewritten(value, schemas, sensitive));
    }

    private static JsonNode rewritten(JsonNode value, ApplicableSchemas schemas, UnaryOperator<JsonNode> sensitive) {
        if (schemas.mark()) {
            return allRewritten(value, sensitive);
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.forEachEntry((name, field) -> copy.set(name, rewritten(field, schemas.ofField(name), sensitive)));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            List<JsonNode> items = IntStream.range(0, array.size())
                    .mapToObj(index -> rewritten(array.get(index), schemas.ofItem(index), sensitive))
                    .toList();
            return JsonNodeFactory.instance.arrayNode().addAll(items);
        }
        return value;
    }

    private static JsonNode allRewritten(JsonNode value, UnaryOperator<JsonNode> sensitive) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.forEachEntry((name, field) -> copy.set(name, allRewritten(field, sensitive)));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(array.valueStream()
                            .map(item -> allRewritten(item, sensitive))
                            .toList());
        }
        return value.isNull() ? value : sensitive.apply(value);
    }

    private static boolean marksAny(JsonNode schema) {
        return schema.findValues(KEYWORD).stream().anyMatch(JsonNode::asBoolean);
    }
}
