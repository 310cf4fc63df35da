package dev.millrace.api.record.query;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.JobRows;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, newest first.
 *
 * @param next where the next page begins; null on the last
 */
public record JobPage(List<JobRow> rows, @Nullable PageCursor next) {

    static final JobPage EMPTY = new JobPage(List.of(), null);

    public JobPage {
        rows = List.copyOf(rows);
    }

    /** Of the rows of {@link Walk#page}. */
    static JobPage of(RowSet<Row> found, int limit) {
        List<JobRow> rows = new ArrayList<>(found.size());
        PageCursor stopped = null;
        for (Row row : found) {
            if (row.getBoolean("stopped")) {
                stopped = PageCursor.of(row);
            } else {
                rows.add(JobRows.read(row));
            }
        }
        return rows.size() <= limit ? new JobPage(rows, stopped) : full(rows.subList(0, limit));
    }

    private static JobPage full(List<JobRow> rows) {
        JobRow last = rows.getLast();
        return new JobPage(rows, new PageCursor(last.createdAt(), last.id()));
    }
}
