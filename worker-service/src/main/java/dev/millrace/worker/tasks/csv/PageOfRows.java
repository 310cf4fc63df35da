package dev.millrace.worker.tasks.csv;

import dev.millrace.worker.tasks.JsonBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of the records of one page, as many as fit into a result. */
final class PageOfRows {

    private static final int ITEM_BYTES = 200 * 1024;
    private static final int ERROR_BYTES = 40 * 1024;
    private static final int MOST_ERRORS = 100;

    private final Header header;
    private final Records records;
    private JsonBudget room = new JsonBudget(ITEM_BYTES);
    private final JsonBudget errorRoom = new JsonBudget(ERROR_BYTES);
    private final List<Map<String, @Nullable Object>> items = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();

    PageOfRows(Header header, Records records) {
        this.header = header;
        this.records = records;
    }

    /** False if it does not fit any more: then the page ends before it. */
    boolean add(CsvRow row) {
        List<RowError> found = records.errors(row);
        if (!found.isEmpty()) {
            found.forEach(this::keep);
            return true;
        }
        if (room.take(texts(row))) {
            items.add(records.values(row, Integer.MAX_VALUE));
            return true;
        }
        if (items.isEmpty()) {
            room = new JsonBudget(ITEM_BYTES);
            keep(new RowError(row.line(), null, "The record is too long for a page."));
            return true;
        }
        return false;
    }

    /** A record whose end cannot be told: the last one. */
    void addBroken(long line) {
        keep(new RowError(
                line, null, "The quotes of the record are broken, or it is too long: nothing from here on was read."));
    }

    CsvPage page(@Nullable Long next) {
        return new CsvPage(items, next, errors);
    }

    private void keep(RowError error) {
        if (errors.size() < MOST_ERRORS && errorRoom.take(error.column(), error.message())) {
            errors.add(error);
        }
    }

    private String[] texts(CsvRow row) {
        return Stream.concat(header.names().stream(), row.fields().stream()).toArray(String[]::new);
    }
}
