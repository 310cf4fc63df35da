package dev.millrace.stream;

import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of an entry, read one by one. A refusal names the field, not its value: entries may hold secrets. */
record FleetFields(Map<String, String> byName) {

    /** @throws IllegalArgumentException if there is no such field */
    String text(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("Field '" + name + "' is missing."));
    }

    /** @throws IllegalArgumentException if there is a NUL in it, which PostgreSQL does not store */
    Optional<String> optional(String name) {
        String text = byName.get(name);
        if (text != null && text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Field '" + name + "' holds a NUL character.");
        }
        return Optional.ofNullable(text);
    }

    long number(String name) {
        return read(name, Long::parseLong);
    }

    /** @throws IllegalArgumentException if there is no such field or the reader refuses it */
    <T> T read(String name, Function<String, T> reader) {
        String text = text(name);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("Field '" + name + "' cannot be read.", e);
        }
    }
}
