package dev.millrace.api.record.query;

import dev.millrace.api.record.query.search.Search;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a tenant are meant; what is null does not restrict.
 *
 * @param createdAfter exclusive
 * @param createdBefore exclusive
 * @param search what was typed to find them
 * @param workflow of which they are members
 * @param node the name of the node of which they are members
 */
public record JobFilter(
        String tenant,
        @Nullable JobState state,
        @Nullable String task,
        @Nullable String queue,
        @Nullable String tag,
        @Nullable String scheduleId,
        @Nullable JobId parent,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Search search,
        @Nullable UUID workflow,
        @Nullable String node) {

    /** Without a search, of members of any workflow or of none. */
    public JobFilter(
            String tenant,
            @Nullable JobState state,
            @Nullable String task,
            @Nullable String queue,
            @Nullable String tag,
            @Nullable String scheduleId,
            @Nullable JobId parent,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore) {
        this(tenant, state, task, queue, tag, scheduleId, parent, createdAfter, createdBefore, null, null, null);
    }

    /** Whether it restricts nothing but what jobs are counted by. */
    boolean isCounted() {
        return tag == null
                && scheduleId == null
                && parent == null
                && createdAfter == null
                && createdBefore == null
                && search == null
                && workflow == null
                && node == null;
    }

    public static JobFilter everythingOf(String tenant) {
        return new JobFilter(tenant, null, null, null, null, null, null, null, null);
    }
}
