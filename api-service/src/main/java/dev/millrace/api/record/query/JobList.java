package dev.millrace.api.record.query;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of jobs as clients see it; {@code nextCursor} is null on the last page. */
@RegisterForReflection
public record JobList(List<JobDocument> items, @Nullable String nextCursor) {

    static JobList of(JobPage page, Instant now, Redaction redaction) {
        return new JobList(
                page.rows().stream()
                        .map(row -> JobDocument.of(row, now, redaction))
                        .toList(),
                page.next() == null ? null : page.next().text());
    }
}
