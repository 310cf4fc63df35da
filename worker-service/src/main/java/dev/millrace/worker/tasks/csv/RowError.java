package dev.millrace.worker.tasks.csv;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a record.
 *
 * @param row the line of the file on which the record begins; the first line, the header's, is 1
 * @param column the name of the column; null if the record as a whole is wrong
 * @param message what is wrong, in a sentence; it does not repeat the value
 */
@RegisterForReflection
public record RowError(long row, @Nullable String column, String message) {}
