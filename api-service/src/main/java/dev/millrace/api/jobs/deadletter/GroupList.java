package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of groups.
 *
 * @param nextCursor null on the last
 * @param total how many open letters pass the filters, in all groups together
 */
@RegisterForReflection
public record GroupList(List<Group> items, @Nullable String nextCursor, long total) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static GroupList cut(List<Group> groups, int limit, long total) {
        return groups.size() <= limit
                ? new GroupList(groups, null, total)
                : new GroupList(groups.subList(0, limit), behind(groups.get(limit - 1)), total);
    }

    /** Groups are ordered by their latest letters, of which each has its own. */
    private static String behind(Group last) {
        return new PageCursor(last.lastSeenAt(), JobId.parse(last.latest())).text();
    }
}
