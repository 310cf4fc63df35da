package dev.millrace.stream.entries;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of an entry, read one by one. A refusal names the field, not its value: entries may hold secrets. */
record EntryFields(Map<String, String> byName) {

    /** What one kind of entries is read by. */
    @FunctionalInterface
    interface Reader<T> {

        /**
         * What the fields say.
         *
         * @throws IllegalArgumentException if they break a rule
         */
        T read(EntryFields fields);
    }

    /** Reads names and values in turn, as a stream has them. Never throws. */
    static <T> Reading<T> understand(List<String> flat, Reader<T> reader) {
        if (flat.size() % 2 != 0) {
            return new Reading.Refused<>("An odd number of names and values: " + flat.size() + ".");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return understand(fields, reader);
    }

    /** The same of fields by name. Never throws. */
    static <T> Reading<T> understand(Map<String, String> fields, Reader<T> reader) {
        try {
            return new Reading.Understood<>(reader.read(new EntryFields(fields)));
        } catch (IllegalArgumentException refused) {
            return new Reading.Refused<>(String.valueOf(refused.getMessage()));
        }
    }

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

    Instant time(String name) {
        return read(name, Instant::parse);
    }

    boolean yesOrNo(String name) {
        return read(name, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        });
    }
}
