package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What acceptance writes of a job: what is to be done, and what is kept of it for clients.
 *
 * @param spec as it goes to the worker
 * @param priority of the request, 1 to 10, from which the spec has its band
 * @param maxAttempts by the job's own policy over that of its task
 * @param metadata JSON text of an object, of which the texts are headers of the spec
 * @param traceParent the W3C trace context of the request, a header of the spec; null without one
 * @param resultTtl for how long after the end the result is kept; null for as long as the job
 * @param scheduleId of the schedule that asks for it; null if none does
 * @param parent the job that ordered it; null if none did
 */
public record JobDetails(
        JobSpec spec,
        int priority,
        int maxAttempts,
        List<String> tags,
        String metadata,
        @Nullable String traceParent,
        @Nullable Duration resultTtl,
        @Nullable String scheduleId,
        @Nullable JobId parent) {

    public JobDetails {
        tags = List.copyOf(tags);
    }

    /** One that no job ordered. */
    public JobDetails(
            JobSpec spec,
            int priority,
            int maxAttempts,
            List<String> tags,
            String metadata,
            @Nullable String traceParent,
            @Nullable Duration resultTtl,
            @Nullable String scheduleId) {
        this(spec, priority, maxAttempts, tags, metadata, traceParent, resultTtl, scheduleId, null);
    }

    /** The same, ordered by that job. */
    public JobDetails orderedBy(JobId job) {
        return new JobDetails(spec, priority, maxAttempts, tags, metadata, traceParent, resultTtl, scheduleId, job);
    }
}
