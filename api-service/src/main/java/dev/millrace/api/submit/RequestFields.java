package dev.millrace.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.problem.Violation;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of a request, and a list for what is wrong with its fields.
 *
 * @param pointer to it, in the whole body
 */
record RequestFields(String pointer, JsonNode object, List<Violation> violations) {

    Stream<String> names() {
        return object.propertyStream().map(Map.Entry::getKey);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** The value; null if the field is missing, null or wrong. */
    <T> @Nullable T read(String name, String what, Function<JsonNode, T> parse) {
        if (!has(name)) {
            return null;
        }
        try {
            return parse.apply(object.get(name));
        } catch (IllegalArgumentException | DateTimeException malformed) {
            wrong(name, "'" + name + "' is to be " + what + ".");
            return null;
        }
    }

    /** As {@link #read}, of a text. */
    <T> @Nullable T text(String name, String what, Function<String, T> parse) {
        return read(
                name,
                what,
                value -> parse.apply(required(value.isTextual(), value).textValue()));
    }

    /** The fields of the object that the field holds; null if it is missing, null or no object. */
    @Nullable
    RequestFields object(String name) {
        JsonNode value = read(name, "an object", given -> required(given.isObject(), given));
        return value == null ? null : new RequestFields(pointer(name), value, violations);
    }

    void wrong(String name, String detail) {
        violations.add(new Violation(pointer(name), detail));
    }

    String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The value, if it is of the right type. */
    static JsonNode required(boolean rightType, JsonNode value) {
        if (!rightType) {
            throw new IllegalArgumentException("The value is of another type.");
        }
        return value;
    }
}
