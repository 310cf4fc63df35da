package dev.millrace.api.record.attempts;

import dev.millrace.api.record.query.JobDocument.Failure;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of failed attempts as clients see it; {@code nextCursor} is null on the last page. */
@RegisterForReflection
public record AttemptList(List<Attempt> items, @Nullable String nextCursor) {

    /**
     * An attempt that failed.
     *
     * @param attempt counts from 1
     * @param worker null if none reported its start, as of a job that was quarantined
     */
    @RegisterForReflection
    public record Attempt(
            int attempt,
            long run,
            @Nullable String worker,
            @Nullable Instant startedAt,
            Instant finishedAt,
            @Nullable Failure error) {}
}
