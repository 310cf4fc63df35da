package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of dead letters; {@code nextCursor} is null on the last. */
@RegisterForReflection
public record DeadLetterList(
        List<DeadLetter> items, @Nullable String nextCursor) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static DeadLetterList cut(List<DeadLetter> letters, int limit) {
        return letters.size() <= limit
                ? new DeadLetterList(letters, null)
                : new DeadLetterList(letters.subList(0, limit), behind(letters.get(limit - 1)));
    }

    private static String behind(DeadLetter last) {
        return new PageCursor(last.failedAt(), JobId.parse(last.id())).text();
    }
}
