package dev.millrace.worker.tasks.csv;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What the values of a column must be. White space around a value is ignored, except in a string. */
@RegisterForReflection
public enum ColumnType {
    /** Any text. */
    @JsonProperty("string")
    STRING("a text"),

    /** A whole number of at most 80 digits. */
    @JsonProperty("integer")
    INTEGER("a whole number such as -12"),

    /** A number with a decimal point, at most 40 digits before it and 40 after it; no exponent, no grouping. */
    @JsonProperty("decimal")
    DECIMAL("a number such as -12.50"),

    /** {@code true} or {@code false}, in any case. */
    @JsonProperty("boolean")
    BOOLEAN("true or false"),

    /** A calendar date, ISO 8601. */
    @JsonProperty("date")
    DATE("a date such as 2026-01-31"),

    /** An instant with its offset, RFC 3339. */
    @JsonProperty("timestamp")
    TIMESTAMP("a time such as 2026-01-31T10:15:30Z");

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,80}");
    private static final Pattern POINTED = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");

    private final String description;

    ColumnType(String description) {
        this.description = description;
    }

    /** What a value must be, for the sentence {@code The value is not …}. */
    String description() {
        return description;
    }

    /** The value; empty if the text is none of this type. Dates and times stay texts, times in UTC. */
    Optional<Object> read(String text) {
        String value = text.strip();
        return switch (this) {
            case STRING -> Optional.of(text);
            case INTEGER -> matching(WHOLE, value).map(BigInteger::new);
            case DECIMAL -> matching(POINTED, value).map(BigDecimal::new);
            case BOOLEAN -> truth(value.toLowerCase(Locale.ROOT));
            case DATE -> dated(() -> LocalDate.parse(value));
            case TIMESTAMP -> dated(() -> OffsetDateTime.parse(value).toInstant());
        };
    }

    private static Optional<String> matching(Pattern rule, String value) {
        return rule.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }

    private static Optional<Object> truth(String value) {
        return value.equals("true") || value.equals("false") ? Optional.of(Boolean.valueOf(value)) : Optional.empty();
    }

    private static Optional<Object> dated(Supplier<Object> reader) {
        try {
            return Optional.of(reader.get().toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
