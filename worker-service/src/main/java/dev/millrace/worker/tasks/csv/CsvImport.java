package dev.millrace.worker.tasks.csv;

import dev.millrace.task.ExactlyOneOf;
import dev.millrace.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code csv.import}. The file's first record is its header.
 *
 * @param url where the file is, http or https; exactly one of url and text is given. Read in the charset that the
 *     answer names, else UTF-8
 * @param text the file itself
 * @param separator one character between fields; a comma if missing
 * @param columns those to check; the file must have them, may have others, in any order. If missing, only the number of
 *     fields is checked
 * @param maxErrors how many errors to describe, 0 to 1,000; 100 if missing. All are counted
 */
@RegisterForReflection
@ExactlyOneOf({"url", "text"})
public record CsvImport(
        @Nullable @Format(Format.HTTP_URL) String url,
        @Nullable String text,
        @Nullable @Size(min = 1, max = 1) String separator,
        @Nullable @Size(max = MOST_COLUMNS) List<Column> columns,
        @Nullable @Min(0) @Max(MOST_ERRORS) Integer maxErrors) {

    private static final int DEFAULT_ERRORS = 100;
    private static final int MOST_ERRORS = 1_000;
    private static final int MOST_COLUMNS = 200;

    public CsvImport {
        if ((url == null) == (text == null)) {
            throw new IllegalArgumentException("Give exactly one of url and text; %s is given."
                    .formatted(url == null ? "neither" : "each of them"));
        }
        if (separator != null && (separator.length() != 1 || "\"\r\n".contains(separator))) {
            throw new IllegalArgumentException("separator must be one character other than a quote or a line break.");
        }
        if (maxErrors != null && (maxErrors < 0 || maxErrors > MOST_ERRORS)) {
            throw new IllegalArgumentException(
                    "maxErrors is %d: it must be from 0 to %d.".formatted(maxErrors, MOST_ERRORS));
        }
        columns = columns == null ? null : List.copyOf(columns);
        check(columns == null ? List.of() : columns);
    }

    char fieldSeparator() {
        return separator == null ? ',' : separator.charAt(0);
    }

    List<Column> checkedColumns() {
        return columns == null ? List.of() : columns;
    }

    int errorLimit() {
        return maxErrors == null ? DEFAULT_ERRORS : maxErrors;
    }

    private static void check(List<Column> columns) {
        if (columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "columns has %d entries, more than %d.".formatted(columns.size(), MOST_COLUMNS));
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("columns names '%s' twice.".formatted(column.name()));
            }
        }
    }
}
