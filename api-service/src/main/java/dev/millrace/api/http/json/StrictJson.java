package dev.millrace.api.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value, and refuses what would be read differently, or not at all, further in. Numbers stay exact. */
public final class StrictJson {

    static final int MAX_DEPTH = 64;
    static final int MAX_DIGITS = 100;
    static final int MAX_EXPONENT = 400;

    /** Our own limits are lower, and say where they are broken; the size of a body bounds the rest. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The one value that the bytes are.
     *
     * @throws ProblemException 400 if they are not JSON in UTF-8 or repeat a field, 422 if a value is out of range
     */
    public static JsonNode read(byte[] body) {
        return read(decode(body));
    }

    /** As {@link #read(byte[])}, of text. */
    public static JsonNode read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new StrictJson(parser).document();
        } catch (IOException unexpected) {
            throw new UncheckedIOException("Reading from memory failed.", unexpected);
        }
    }

    /** As {@link #read(String)}, with a refusal as a value. */
    public static Checked<JsonNode> parse(String text) {
        return checked(() -> read(text));
    }

    /** As {@link #decode}, with a refusal as a value. */
    public static Checked<String> text(byte[] bytes) {
        return checked(() -> decode(bytes));
    }

    /** Reading goes down through the value, and a refusal comes up from anywhere in it. */
    private static <T> Checked<T> checked(Supplier<T> reading) {
        try {
            return new Checked.Accepted<>(reading.get());
        } catch (ProblemException refused) {
            return new Checked.Refused<>(refused.problem());
        }
    }

    /** The text of UTF-8 bytes; a byte sequence that is none is a 400. */
    public static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Problem.of(ProblemType.NOT_JSON, "The body is not UTF-8.").exception();
        }
    }

    private JsonNode document() {
        JsonToken first = next();
        if (first == null) {
            throw Problem.of(ProblemType.NOT_JSON, "The body is empty; it is to be one JSON value.")
                    .exception();
        }
        JsonNode value = value(first, 0);
        if (next() != null) {
            throw notJson();
        }
        return value;
    }

    private JsonNode value(JsonToken token, int depth) {
        if (depth > MAX_DEPTH || (depth == MAX_DEPTH && token.isStructStart())) {
            throw invalid("The value is nested deeper than " + MAX_DEPTH + " levels.");
        }
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> NODES.textNode(checked(text()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(text());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw notJson();
        };
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (JsonToken token = required(); token != JsonToken.END_OBJECT; token = required()) {
            String name = checked(text());
            if (object.has(name)) {
                throw Problem.at(ProblemType.DUPLICATE_FIELD, pointer(), "The object has two fields of this name.")
                        .exception();
            }
            object.set(name, value(required(), depth + 1));
        }
        return object;
    }

    private ArrayNode array(int depth) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = required(); token != JsonToken.END_ARRAY; token = required()) {
            array.add(value(token, depth + 1));
        }
        return array;
    }

    private JsonNode number(String text) {
        if (text.chars().filter(Character::isDigit).count() > MAX_DIGITS) {
            throw invalid("A number has at most " + MAX_DIGITS + " digits.");
        }
        try {
            return number(new BigDecimal(text), text);
        } catch (NumberFormatException outOfRange) {
            throw exponentTooLarge();
        }
    }

    private JsonNode number(BigDecimal value, String text) {
        long exponent = (long) value.precision() - value.scale() - 1;
        if (Math.abs(exponent) > MAX_EXPONENT || Math.abs((long) value.scale()) > MAX_EXPONENT + MAX_DIGITS) {
            throw exponentTooLarge();
        }
        boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        if (!whole) {
            return NODES.numberNode(value);
        }
        return value.precision() <= 18
                ? NODES.numberNode(value.longValueExact())
                : NODES.numberNode(value.toBigInteger());
    }

    private ProblemException exponentTooLarge() {
        return invalid("A number's exponent is between -" + MAX_EXPONENT + " and " + MAX_EXPONENT + ".");
    }

    /** Refuses what PostgreSQL cannot store, and what UTF-8 cannot say. */
    private String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw invalid("Text must not contain the character U+0000.");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw invalid("Text must not contain half of a surrogate pair.");
                }
                i++;
            }
        }
        return text;
    }

    private ProblemException invalid(String detail) {
        return Problem.at(ProblemType.INVALID, pointer(), detail).exception();
    }

    private String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private ProblemException notJson() {
        JsonLocation at = parser.currentLocation();
        return Problem.at(
                        ProblemType.NOT_JSON,
                        pointer(),
                        "The body ceases to be JSON at line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr()))
                .exception();
    }

    private JsonToken required() {
        JsonToken token = next();
        if (token == null) {
            throw notJson();
        }
        return token;
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException syntax) {
            throw notJson();
        }
    }

    private String text() {
        try {
            return parser.getText();
        } catch (IOException syntax) {
            throw notJson();
        }
    }
}
