package dev.millrace.worker.tasks.csv;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of {@code csv.import}.
 *
 * @param rows how many records follow the header; empty lines are none
 * @param valid how many of them have no error
 * @param invalid how many have at least one
 * @param errors the first ones, by row; as many as were asked for and fit into 120 KiB
 * @param sample the first 5 valid records, by header name, as many as fit into 80 KiB; values have their column's type,
 *     and texts are cut to 200 characters
 */
@RegisterForReflection
public record CsvReport(
        long rows, long valid, long invalid, List<RowError> errors, List<Map<String, @Nullable Object>> sample) {

    public CsvReport {
        errors = List.copyOf(errors);
        sample = List.copyOf(sample);
    }
}
