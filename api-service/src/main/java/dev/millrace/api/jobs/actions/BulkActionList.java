package dev.millrace.api.jobs.actions;

import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of actions; {@code nextCursor} is null on the last. */
@RegisterForReflection
public record BulkActionList(
        List<BulkAction> items, @Nullable String nextCursor) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static BulkActionList cut(List<BulkAction> actions, int limit) {
        return actions.size() <= limit
                ? new BulkActionList(actions, null)
                : new BulkActionList(actions.subList(0, limit), behind(actions.get(limit - 1)));
    }

    private static String behind(BulkAction last) {
        return new PageCursor(last.createdAt(), JobId.parse(last.id())).text();
    }
}
