package dev.millrace.api.query;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of jobs as clients see it; {@code nextCursor} is null on the last page. */
@RegisterForReflection
public record JobList(List<JobDocument> items, @Nullable String nextCursor) {

    static JobList of(JobPage page) {
        return new JobList(
                page.rows().stream().map(JobDocument::of).toList(),
                page.next() == null ? null : page.next().text());
    }
}
