package dev.millrace.api.record.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.search.Search;
import dev.millrace.api.record.query.search.SearchReach;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs as clients see it.
 *
 * @param nextCursor null on the last page
 * @param search how far was looked; null, and not there for clients, where nothing was searched for
 */
@RegisterForReflection
public record JobList(
        List<JobDocument> items,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SearchReach search) {

    static JobList of(JobPage page, @Nullable Search search, Instant now, Redaction redaction) {
        JobList list = of(page.rows(), page.next() == null ? null : page.next().text(), now, redaction);
        return search == null ? list : new JobList(list.items(), list.nextCursor(), SearchReach.of(search, Walk.MOST));
    }

    /** These jobs as they stand now, as far as they may be shown, and where the next ones are. */
    public static JobList of(List<JobRow> rows, @Nullable String nextCursor, Instant now, Redaction redaction) {
        return new JobList(
                rows.stream().map(row -> JobDocument.of(row, now, redaction)).toList(), nextCursor, null);
    }
}
