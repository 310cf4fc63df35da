package dev.millrace.worker.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.json.Chunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one mapper between JSON and the payloads, results and orders of tasks.
 *
 * <p>Reading is strict: unknown and repeated fields, text after the value, numbers written as texts and texts written
 * as numbers are refused, and {@link Presence} says what may be missing. No type is ever named in JSON. Times and
 * durations are ISO-8601 texts. Decimal fractions keep their digits. Depth is limited to 64, a number to 100 characters,
 * a text to 256 Ki characters, a field's name to 1 Ki.
 */
public final class TaskJson {

    static final int MAX_DEPTH = 64;
    static final int MAX_NUMBER = 100;
    static final int MAX_TEXT = 256 * 1024;
    static final int MAX_NAME = 1024;

    private static final JsonMapper MAPPER = mapper();

    private TaskJson() {}

    /** @throws PayloadRefused if the text is not JSON or not of that type */
    static Object decode(String json, JavaType type) {
        try {
            Object value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new PayloadRefused("", "is null, expected " + PayloadErrors.expected(type.getRawClass()));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw PayloadErrors.of(e);
        }
    }

    /**
     * The texts of the values of a chunk; empty if the text is none.
     *
     * @throws PayloadRefused if it is no JSON
     */
    static Optional<List<String>> chunk(String json) {
        if (!Chunk.isLike(json)) {
            return Optional.empty();
        }
        try {
            return Chunk.valuesOf(MAPPER.readTree(json))
                    .map(values -> values.valueStream().map(JsonNode::toString).toList());
        } catch (JsonProcessingException e) {
            throw PayloadErrors.of(e);
        }
    }

    /** @throws ResultRefused if the value cannot be written as JSON of that type */
    static String encode(@Nullable Object value, JavaType type) {
        try {
            return value == null ? "null" : MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new ResultRefused(type.toCanonical(), e);
        }
    }

    /** Writes what will stand in a list, and may be nested one level less for that; throws whatever prevents it. */
    public static String element(Map<String, Object> fields) throws JsonProcessingException {
        String list = MAPPER.writeValueAsString(List.of(fields));
        return list.substring(1, list.length() - 1);
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder(factory())
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .annotationIntrospector(new PresenceIntrospector())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(MAX_TEXT)
                        .maxNameLength(MAX_NAME)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
    }
}
