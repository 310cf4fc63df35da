/**
 * {@code csv.import}: reads a CSV file of any length, checks its columns and reports what is wrong, by line.
 *
 * <p>The file streams: at most one record of it, the first errors and a sample are in memory. It comes through the
 * guarded client, or inside the payload. Patterns are matched in linear time, so no pattern can hang a worker.
 */
@NullMarked
package dev.millrace.worker.tasks.csv;

import org.jspecify.annotations.NullMarked;
