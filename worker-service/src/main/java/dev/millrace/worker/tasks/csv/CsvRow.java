package dev.millrace.worker.tasks.csv;

import java.util.List;

/**
 * One record as it stands in the file.
 *
 * @param line on which it begins, from 1
 */
record CsvRow(long line, List<String> fields) {}
