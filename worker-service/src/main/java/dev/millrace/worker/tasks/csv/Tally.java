package dev.millrace.worker.tasks.csv;

import dev.millrace.worker.tasks.JsonBudget;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of a file while it passes: counts, the first errors, a sample. Nothing that grows with the file. */
final class Tally {

    private static final int SAMPLE_ROWS = 5;
    private static final int SAMPLE_CHARACTERS = 200;
    private static final int ERROR_BYTES = 120 * 1024;
    private static final int SAMPLE_BYTES = 80 * 1024;

    private final Header header;
    private final Records records;
    private final int maxErrors;
    private final JsonBudget errorBudget = new JsonBudget(ERROR_BYTES);
    private final JsonBudget sampleBudget = new JsonBudget(SAMPLE_BYTES);
    private final List<RowError> errors = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> sample = new ArrayList<>();
    private long valid;
    private long invalid;

    Tally(Header header, Charset charset, List<Column> columns, int maxErrors) {
        this.header = header;
        this.records = new Records(header, charset, columns);
        this.maxErrors = maxErrors;
    }

    void add(CsvRow row) {
        List<RowError> found = records.errors(row);
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

    private void keep(RowError error) {
        if (errors.size() < maxErrors && errorBudget.take(error.column(), error.message())) {
            errors.add(error);
        }
    }

    private void keepInSample(CsvRow row) {
        if (sample.size() < SAMPLE_ROWS && sampleBudget.take(texts(row))) {
            sample.add(records.values(row, SAMPLE_CHARACTERS));
        }
    }

    private String[] texts(CsvRow row) {
        List<String> texts = new ArrayList<>(header.names());
        row.fields().forEach(field -> texts.add(Records.cut(field, SAMPLE_CHARACTERS)));
        return texts.toArray(String[]::new);
    }
}
