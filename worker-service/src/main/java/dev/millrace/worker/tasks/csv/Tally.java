package dev.millrace.worker.tasks.csv;

import dev.millrace.worker.tasks.JsonBudget;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of a file while it passes: counts, the first errors, a sample. Nothing that grows with the file. */
final class Tally {

    private static final int SAMPLE_ROWS = 5;
    private static final int SAMPLE_CHARACTERS = 200;
    private static final int ERROR_BYTES = 120 * 1024;
    private static final int SAMPLE_BYTES = 80 * 1024;

    private final Header header;
    private final Charset charset;
    private final List<ColumnCheck> checks;
    private final Map<String, ColumnType> types = new HashMap<>();
    private final int maxErrors;
    private final JsonBudget errorBudget = new JsonBudget(ERROR_BYTES);
    private final JsonBudget sampleBudget = new JsonBudget(SAMPLE_BYTES);
    private final List<RowError> errors = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> sample = new ArrayList<>();
    private long valid;
    private long invalid;

    Tally(Header header, Charset charset, List<Column> columns, int maxErrors) {
        this.header = header;
        this.charset = charset;
        this.checks =
                columns.stream().map(column -> new ColumnCheck(column, header)).toList();
        this.maxErrors = maxErrors;
        columns.forEach(column -> types.put(column.name(), column.typeOrDefault()));
    }

    void add(CsvRow row) {
        List<RowError> found = errors(row);
        if (found.isEmpty()) {
            valid++;
            keepInSample(row);
        } else {
            invalid++;
            found.forEach(this::keep);
        }
    }

    /** A record whose end cannot be told: the last one. */
    void addBroken(long line, String message) {
        invalid++;
        keep(new RowError(line, null, message));
    }

    long rows() {
        return valid + invalid;
    }

    CsvReport report() {
        return new CsvReport(rows(), valid, invalid, errors, sample);
    }

    private List<RowError> errors(CsvRow row) {
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

    private void keep(RowError error) {
        if (errors.size() < maxErrors && errorBudget.take(error.column(), error.message())) {
            errors.add(error);
        }
    }

    private void keepInSample(CsvRow row) {
        if (sample.size() < SAMPLE_ROWS && sampleBudget.take(texts(row))) {
            sample.add(typed(row));
        }
    }

    private String[] texts(CsvRow row) {
        List<String> texts = new ArrayList<>(header.names());
        row.fields().forEach(field -> texts.add(cut(field)));
        return texts.toArray(String[]::new);
    }

    private Map<String, @Nullable Object> typed(CsvRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < header.width(); i++) {
            String name = header.names().get(i);
            values.put(name, value(row.fields().get(i), types.get(name)));
        }
        return values;
    }

    /** Only checked values come here, so a type can only fail to read what is empty. */
    private static @Nullable Object value(String field, @Nullable ColumnType type) {
        if (type == null || type == ColumnType.STRING) {
            return type != null && field.isEmpty() ? null : cut(field);
        }
        return type.read(field).orElse(null);
    }

    /** A result may not hold half a surrogate pair. */
    private static String cut(String text) {
        if (text.length() <= SAMPLE_CHARACTERS) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(SAMPLE_CHARACTERS - 1));
        return text.substring(0, splitsPair ? SAMPLE_CHARACTERS - 1 : SAMPLE_CHARACTERS);
    }
}
