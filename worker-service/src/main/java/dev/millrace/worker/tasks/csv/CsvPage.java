package dev.millrace.worker.tasks.csv;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of {@code csv.rows}: a page of items for a map.
 *
 * @param items the records without errors, by header name; values have their column's type
 * @param next what to send as {@code after} for the page behind this one; null if the file has ended
 * @param errors what is wrong with the others, the first 100
 */
@RegisterForReflection
public record CsvPage(
        List<Map<String, @Nullable Object>> items, @Nullable Long next, List<RowError> errors) {

    public CsvPage {
        items = List.copyOf(items);
        errors = List.copyOf(errors);
    }
}
