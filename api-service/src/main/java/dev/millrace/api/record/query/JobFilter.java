package dev.millrace.api.record.query;

import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a tenant are meant; what is null does not restrict.
 *
 * @param createdAfter exclusive
 * @param createdBefore exclusive
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
        @Nullable Instant createdBefore) {

    /** Whether it restricts nothing but what jobs are counted by. */
    boolean isCounted() {
        return tag == null && scheduleId == null && parent == null && createdAfter == null && createdBefore == null;
    }

    public static JobFilter everythingOf(String tenant) {
        return new JobFilter(tenant, null, null, null, null, null, null, null, null);
    }
}
