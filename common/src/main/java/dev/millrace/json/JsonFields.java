package dev.millrace.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of a document from outside, and a list for what is wrong with its fields.
 *
 * @param pointer to it, in the whole document
 */
public record JsonFields(String pointer, JsonNode object, List<Violation> violations) {

    public Stream<String> names() {
        return object.propertyStream().map(Map.Entry::getKey);
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Tells of each field that is not among these. Returns whether there was none. */
    public boolean refuseOthers(Set<String> known) {
        List<String> others = names().filter(name -> !known.contains(name)).toList();
        others.forEach(name -> violations.add(Violation.noSuchField(pointer(name))));
        return others.isEmpty();
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
    public @Nullable JsonFields object(String name) {
        JsonNode value = read(name, "an object", given -> required(given.isObject(), given));
        return value == null ? null : new JsonFields(pointer(name), value, violations);
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
