package dev.millrace.api.record.query;

import dev.millrace.api.record.job.JobRow;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of jobs as clients see it; {@code nextCursor} is null on the last page. */
@RegisterForReflection
public record JobList(List<JobDocument> items, @Nullable String nextCursor) {

    static JobList of(JobPage page, Instant now, Redaction redaction) {
        return of(page.rows(), page.next() == null ? null : page.next().text(), now, redaction);
    }

    /** These jobs as they stand now, as far as they may be shown, and where the next ones are. */
    public static JobList of(List<JobRow> rows, @Nullable String nextCursor, Instant now, Redaction redaction) {
        return new JobList(
                rows.stream().map(row -> JobDocument.of(row, now, redaction)).toList(), nextCursor);
    }
}
