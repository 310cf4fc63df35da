package dev.millrace.worker.tasks.csv;

import dev.millrace.task.ExactlyOneOf;
import dev.millrace.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code csv.rows}: the file as for {@code csv.import}, and which of its records are wanted.
 *
 * @param after how many records of the file come before them; none if missing. A page says with which number the next one begins
 * @param limit how many records to look at, 1 to 1,000; 500 if missing
 */
@RegisterForReflection
@ExactlyOneOf({"url", "text"})
public record CsvRows(
        @Nullable @Format(Format.HTTP_URL) String url,
        @Nullable String text,
        @Nullable @Size(min = 1, max = 1) String separator,
        @Nullable @Size(max = 200) List<Column> columns,
        @Nullable @Min(0) Integer after,
        @Nullable @Min(1) @Max(MOST_ROWS) Integer limit) {

    private static final int DEFAULT_ROWS = 500;
    private static final int MOST_ROWS = 1_000;

    public CsvRows {
        if (after != null && after < 0) {
            throw new IllegalArgumentException("after is %d: it must be 0 or more.".formatted(after));
        }
        if (limit != null && (limit < 1 || limit > MOST_ROWS)) {
            throw new IllegalArgumentException("limit is %d: it must be from 1 to %d.".formatted(limit, MOST_ROWS));
        }
        columns = new CsvImport(url, text, separator, columns, null).columns();
    }

    CsvImport file() {
        return new CsvImport(url, text, separator, columns, null);
    }

    int first() {
        return after == null ? 0 : after;
    }

    int atMost() {
        return limit == null ? DEFAULT_ROWS : limit;
    }
}
