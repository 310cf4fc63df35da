package dev.millrace.worker.tasks.csv;

import com.google.re2j.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the values of one column. */
final class ColumnCheck {

    /** Linear matching is still slow over megabytes. */
    private static final int MATCHED_AT_MOST = 10_000;

    private final Column column;
    private final int index;
    private final @Nullable Pattern pattern;

    ColumnCheck(Column column, Header header) {
        this.column = column;
        this.index = header.indexOf(column);
        this.pattern = column.compiled();
    }

    Optional<RowError> check(CsvRow row) {
        String problem = problem(row.fields().get(index));
        return problem == null ? Optional.empty() : Optional.of(new RowError(row.line(), column.name(), problem));
    }

    private @Nullable String problem(String value) {
        if (value.isBlank() && column.typeOrDefault() != ColumnType.STRING || value.isEmpty()) {
            return column.isRequired() ? "A value is required." : null;
        }
        if (column.typeOrDefault().read(value).isEmpty()) {
            return "The value is not " + column.typeOrDefault().description() + ".";
        }
        return pattern == null ? null : mismatch(pattern, value);
    }

    private static @Nullable String mismatch(Pattern pattern, String value) {
        if (value.length() > MATCHED_AT_MOST) {
            return "The value has more than %d characters, too many to match.".formatted(MATCHED_AT_MOST);
        }
        return pattern.matches(value) ? null : "The value does not match the column's pattern.";
    }
}
