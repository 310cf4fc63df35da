package dev.millrace.worker.tasks.csv;

import java.util.List;

/**
 * One record as it stands in the file.
 *
 * @param line on which it begins, from 1
 */
record CsvRow(long line, List<String> fields) {

    /** What decoders put where bytes are none of the charset. */
    private static final String REPLACEMENT = "\ufffd";

    /** Whether the record has bytes that are not of the file's charset, or the character that stands for such. */
    boolean isGarbled() {
        return fields.stream().anyMatch(field -> field.contains(REPLACEMENT));
    }
}
