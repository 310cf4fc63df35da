package dev.millrace.worker.registry;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words what Jackson found wrong: its own messages repeat values, which may be secrets. A record's own rule is told
 * in the words of its {@link IllegalArgumentException}.
 */
final class PayloadErrors {

    private static final int MAX_POINTER = 512;
    private static final int MAX_RULE = 1_000;

    private PayloadErrors() {}

    static PayloadRefused of(JsonProcessingException problem) {
        return new PayloadRefused(pointer(problem), reason(problem));
    }

    private static String reason(JsonProcessingException problem) {
        return switch (problem) {
            case UnrecognizedPropertyException unknown -> "no such field, known are " + known(unknown);
            case InvalidNullException nothing -> "is null, expected " + expected(nothing.getTargetType());
            case ValueInstantiationException refused -> refused(refused);
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case StreamConstraintsException tooMuch ->
                "deeper than " + TaskJson.MAX_DEPTH + " levels, or a number over "
                        + TaskJson.MAX_NUMBER + ", a name over " + TaskJson.MAX_NAME + " or a text over "
                        + TaskJson.MAX_TEXT + " characters" + where(tooMuch);
            case JsonMappingException mapping -> mapped(mapping);
            default -> notJson(problem);
        };
    }

    /** What a record's own rule says is for whoever sent the payload; other exceptions of a constructor may say anything. */
    private static String refused(ValueInstantiationException refused) {
        String type = refused.getType().getRawClass().getSimpleName();
        return refused.getCause() instanceof IllegalArgumentException rule && rule.getMessage() != null
                ? sentencePart(rule.getMessage())
                : "refused by the rules of " + type;
    }

    private static String sentencePart(String sentence) {
        String part = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return part.length() <= MAX_RULE ? part : part.substring(0, MAX_RULE) + "…";
    }

    private static String mapped(JsonMappingException mapping) {
        return mapping.getCause() instanceof StreamConstraintsException tooMuch ? reason(tooMuch) : notJson(mapping);
    }

    private static String notJson(JsonProcessingException problem) {
        return "not JSON, or a field twice" + where(problem);
    }

    /** A missing field and a wrong value look alike to Jackson; only the former speaks of creators. */
    private static String mismatch(MismatchedInputException mismatch) {
        boolean missing = mismatch.getOriginalMessage().startsWith("Missing required creator property");
        return missing ? "is missing" : "expected " + expected(mismatch.getTargetType());
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> ids = unknown.getKnownPropertyIds();
        return ids == null || ids.isEmpty()
                ? "none"
                : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        return expectedValue(type);
    }

    private static String expectedValue(Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (isWhole(type)) {
            return "a whole number in the range of " + type.getSimpleName();
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == Duration.class) {
            return "an ISO-8601 duration such as PT30S";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "a time in ISO-8601 (" + type.getSimpleName() + ")";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static boolean isWhole(Class<?> type) {
        return List.of(
                        int.class,
                        Integer.class,
                        long.class,
                        Long.class,
                        short.class,
                        Short.class,
                        byte.class,
                        Byte.class)
                .contains(type);
    }

    private static String where(JsonProcessingException problem) {
        JsonLocation location = problem.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String pointer(JsonProcessingException problem) {
        String pointer = problem instanceof JsonMappingException mapping
                ? mapping.getPath().stream().map(PayloadErrors::step).collect(Collectors.joining())
                : "";
        return pointer.length() <= MAX_POINTER ? pointer : pointer.substring(0, MAX_POINTER);
    }

    private static String step(Reference step) {
        return "/"
                + (step.getFieldName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getFieldName().replace("~", "~0").replace("/", "~1"));
    }
}
