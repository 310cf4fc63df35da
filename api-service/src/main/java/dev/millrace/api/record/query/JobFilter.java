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
 */
public record JobFilter(
        String tenant,
        @Nullable JobState state,
        @Nullable String task,
        @Nullable String queue,
        @Nullable String tag,
        Origin origin,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Search search) {

    /**
     * What made the jobs.
     *
     * @param parent the job whose task ordered them
     * @param workflow of which they are members
     * @param node the name of the node of which they are members
     */
    public record Origin(
            @Nullable String scheduleId,
            @Nullable JobId parent,
            @Nullable UUID workflow,
            @Nullable String node) {

        static final Origin ANY = new Origin(null, null, null, null);
    }

    /** Whether it restricts nothing but what jobs are counted by. */
    boolean isCounted() {
        return tag == null
                && origin.equals(Origin.ANY)
                && createdAfter == null
                && createdBefore == null
                && search == null;
    }

    public static JobFilter everythingOf(String tenant) {
        return new JobFilter(tenant, null, null, null, null, Origin.ANY, null, null, null);
    }

    /** The same jobs as far as they are in this state, and were made before this time. */
    public JobFilter in(JobState wanted, @Nullable Instant before) {
        return new JobFilter(tenant, wanted, task, queue, tag, origin, createdAfter, before, search);
    }
}
