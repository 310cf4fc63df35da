package dev.millrace.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.problem.Problem;
import dev.millrace.api.problem.ProblemType;
import dev.millrace.api.problem.Violation;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of a request, and a list for what is wrong with its fields.
 *
 * @param pointer to it, in the whole body
 */
public record RequestFields(String pointer, JsonNode object, List<Violation> violations) {

    public Stream<String> names() {
        return object.propertyStream().map(Map.Entry::getKey);
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /**
     * The fields of a body that is an object and has no others.
     *
     * @param what the body is, beginning a sentence
     * @throws dev.millrace.api.problem.ProblemException 422 if it is none, 400 if it has others
     */
    public static RequestFields of(JsonNode body, String what, Set<String> known) {
        if (!body.isObject()) {
            throw Problem.at(ProblemType.INVALID, "", what + " is to be a JSON object.")
                    .exception();
        }
        RequestFields fields = new RequestFields("", body, new ArrayList<>());
        List<Violation> unknown = fields.names()
                .filter(name -> !known.contains(name))
                .map(name ->
                        new Violation(fields.pointer(name), "There is no such field. Remove it, or correct its name."))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, unknown).exception();
        }
        return fields;
    }

    /** Ends the request with 422 if anything was wrong so far. */
    public void requireRight() {
        if (!violations.isEmpty()) {
            throw Problem.of(ProblemType.INVALID, violations).exception();
        }
    }

    /** The value; null if the field is missing, null or wrong. */
    public <T> @Nullable T read(String name, String what, Function<JsonNode, T> parse) {
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
    public <T> @Nullable T text(String name, String what, Function<String, T> parse) {
        return read(
                name,
                what,
                value -> parse.apply(required(value.isTextual(), value).textValue()));
    }

    /** The fields of the object that the field holds; null if it is missing, null or no object. */
    public @Nullable RequestFields object(String name) {
        JsonNode value = read(name, "an object", given -> required(given.isObject(), given));
        return value == null ? null : new RequestFields(pointer(name), value, violations);
    }

    public void wrong(String name, String detail) {
        violations.add(new Violation(pointer(name), detail));
    }

    public String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The value, if it is of the right type. */
    public static JsonNode required(boolean rightType, JsonNode value) {
        if (!rightType) {
            throw new IllegalArgumentException("The value is of another type.");
        }
        return value;
    }

    /** As {@link #required}, of any rule. */
    public static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("The value breaks a rule.");
        }
    }
}
