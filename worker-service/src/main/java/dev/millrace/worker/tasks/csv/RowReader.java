package dev.millrace.worker.tasks.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.util.ArrayList;
import java.util.List;

/** Collects records from the parser; knows on which line the current one began, also when it turns out broken. */
final class RowReader extends AbstractBaseCsvCallbackHandler<CsvRow> {

    static final int MAX_FIELD = 1024 * 1024;
    private static final int MAX_FIELDS = 4_096;
    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private List<String> fields = new ArrayList<>();
    private long characters;

    long line() {
        return getStartingLineNumber();
    }

    @Override
    protected void handleBegin(long line) {
        fields = new ArrayList<>(fields.size());
        characters = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        characters += length;
        if (index >= MAX_FIELDS || length > MAX_FIELD || characters > MAX_CHARACTERS) {
            throw new CsvParseException("The record has more than %d fields, %d characters in one, or %d in all"
                    .formatted(MAX_FIELDS, MAX_FIELD, MAX_CHARACTERS));
        }
        fields.add(new String(buffer, offset, length));
    }

    @Override
    protected CsvRow buildRecord() {
        return new CsvRow(line(), fields);
    }
}
