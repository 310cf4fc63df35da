package dev.millrace.worker.tasks.csv;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the records of a file against its header and the columns that are to be checked. */
final class Records {

    private final Header header;
    private final Charset charset;
    private final List<ColumnCheck> checks;
    private final Map<String, ColumnType> types = new HashMap<>();

    Records(Header header, Charset charset, List<Column> columns) {
        this.header = header;
        this.charset = charset;
        this.checks =
                columns.stream().map(column -> new ColumnCheck(column, header)).toList();
        columns.forEach(column -> types.put(column.name(), column.typeOrDefault()));
    }

    /** What is wrong with it; nothing if it has none. */
    List<RowError> errors(CsvRow row) {
        if (row.fields().size() != header.width()) {
            return List.of(ragged(row));
        }
        return row.isGarbled() ? List.of(garbled(row)) : columnErrors(row);
    }

    private List<RowError> columnErrors(CsvRow row) {
        return checks.stream()
                .map(check -> check.check(row))
                .flatMap(Optional::stream)
                .toList();
    }

    private RowError ragged(CsvRow row) {
        return new RowError(
                row.line(),
                null,
                "The record has %d fields, the header %d."
                        .formatted(row.fields().size(), header.width()));
    }

    private RowError garbled(CsvRow row) {
        return new RowError(
                row.line(), null, "The record is no text in %s, the file's charset.".formatted(charset.name()));
    }

    /** The values of one without errors by the names of their columns, in the types of these; texts are cut to so many characters. */
    Map<String, @Nullable Object> values(CsvRow row, int characters) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < header.width(); i++) {
            String name = header.names().get(i);
            values.put(name, value(row.fields().get(i), types.get(name), characters));
        }
        return values;
    }

    /** Only checked values come here, so a type can only fail to read what is empty. */
    private static @Nullable Object value(String field, @Nullable ColumnType type, int characters) {
        if (type == null || type == ColumnType.STRING) {
            return type != null && field.isEmpty() ? null : cut(field, characters);
        }
        return type.read(field).orElse(null);
    }

    /** A result may not hold half a surrogate pair. */
    static String cut(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, splitsPair ? characters - 1 : characters);
    }
}
