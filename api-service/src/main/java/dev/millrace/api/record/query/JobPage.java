package dev.millrace.api.record.query;

import dev.millrace.api.record.job.JobRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, newest first.
 *
 * @param next where the next page begins; null on the last
 */
public record JobPage(List<JobRow> rows, @Nullable PageCursor next) {

    public JobPage {
        rows = List.copyOf(rows);
    }

    /** Of one row more than the page may hold, which tells that there is a next page. */
    static JobPage cut(List<JobRow> rows, int limit) {
        return rows.size() <= limit ? new JobPage(rows, null) : full(rows.subList(0, limit));
    }

    private static JobPage full(List<JobRow> rows) {
        JobRow last = rows.getLast();
        return new JobPage(rows, new PageCursor(last.createdAt(), last.id()));
    }
}
