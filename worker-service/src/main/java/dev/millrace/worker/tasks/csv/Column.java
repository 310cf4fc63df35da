package dev.millrace.worker.tasks.csv;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What a column of the file must be.
 *
 * @param name as the header writes it, case and all; at most 128 characters
 * @param type of its values; {@code string} if missing
 * @param required whether a value may not be empty; false if missing
 * @param pattern what a value must match as a whole, in RE2 syntax: without back-references and look-around. At most
 *     500 characters, and its counted repetitions may not multiply to more than 10,000
 */
@RegisterForReflection
public record Column(
        @Size(min = 1, max = MAX_NAME) String name,
        @Nullable ColumnType type,
        @Nullable Boolean required,
        @Nullable @Size(max = MAX_PATTERN) String pattern) {

    private static final int MAX_NAME = 128;
    private static final int MAX_PATTERN = 500;
    private static final long MAX_REPETITIONS = 10_000;
    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    public Column {
        requireName(name);
        if (pattern != null) {
            compile(name, pattern);
        }
    }

    ColumnType typeOrDefault() {
        return type == null ? ColumnType.STRING : type;
    }

    boolean isRequired() {
        return required != null && required;
    }

    @Nullable
    Pattern compiled() {
        return pattern == null ? null : compile(name, pattern);
    }

    // A missing property arrives as null, whatever the type says.
    private static void requireName(@Nullable String name) {
        if (name == null || name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            throw new IllegalArgumentException(
                    "A column's name is missing, or has not 1 to %d characters.".formatted(MAX_NAME));
        }
    }

    private static Pattern compile(String name, String pattern) {
        if (pattern.length() > MAX_PATTERN || repetitions(pattern) > MAX_REPETITIONS) {
            throw new IllegalArgumentException(
                    "The pattern of column '%s' is too large: at most %d characters, and counted repetitions that multiply to at most %d."
                            .formatted(name, MAX_PATTERN, MAX_REPETITIONS));
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "The pattern of column '%s' cannot be used: %s. Patterns have RE2 syntax, without back-references and look-around."
                            .formatted(name, e.getDescription()),
                    e);
        }
    }

    /** Nested repetitions multiply the compiled pattern; that they are nested is assumed. */
    private static long repetitions(String pattern) {
        long product = 1;
        for (Matcher counted = REPETITION.matcher(pattern); counted.find() && product <= MAX_REPETITIONS; ) {
            String most = counted.group(2) == null || counted.group(2).isEmpty() ? counted.group(1) : counted.group(2);
            product *= Math.max(1, Long.parseLong(most));
        }
        return product;
    }
}
