package dev.millrace.worker.tasks.csv;

import java.util.List;

/**
 * One record as it stands in the file.
 *
 * @param line on which it begins, from 1
 */
record CsvRow(long line, List<String> fields) {

    /**
     * Whether the record has bytes that are no text in the file's charset. NUL is none: PostgreSQL stores it in no text,
     * and files of other charsets, read as UTF-8, are full of it.
     */
    boolean isGarbled() {
        return fields.stream().anyMatch(field -> field.indexOf('\0') >= 0 || hasStrange(field));
    }

    /** The same half as a part of a pair is none of it. */
    private static boolean hasStrange(String field) {
        return field.indexOf(CsvText.STRANGE) >= 0
                && field.codePoints().anyMatch(character -> character == CsvText.STRANGE);
    }
}
