package dev.millrace.api.record.query;

import dev.millrace.job.JobState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a tenant are meant; what is null does not restrict.
 *
 * @param createdAfter exclusive
 * @param createdBefore exclusive
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
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable UUID workflow,
        @Nullable String node) {

    /** Members of any workflow, or of none. */
    public JobFilter(
            String tenant,
            @Nullable JobState state,
            @Nullable String task,
            @Nullable String queue,
            @Nullable String tag,
            @Nullable String scheduleId,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore) {
        this(tenant, state, task, queue, tag, scheduleId, createdAfter, createdBefore, null, null);
    }

    /** Whether it restricts nothing but what jobs are counted by. */
    boolean isCounted() {
        return tag == null
                && scheduleId == null
                && createdAfter == null
                && createdBefore == null
                && workflow == null
                && node == null;
    }

    public static JobFilter everythingOf(String tenant) {
        return new JobFilter(tenant, null, null, null, null, null, null, null);
    }
}
