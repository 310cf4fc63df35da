package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.job.JobPlace;
import dev.millrace.job.JobSpec;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
 * @param place where it is a member of a workflow; null if it is none
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
        @Nullable JobId parent,
        @Nullable Place place) {

    public JobDetails {
        tags = List.copyOf(tags);
    }

    /** One that no job ordered, and that is no member of a workflow. */
    public JobDetails(
            JobSpec spec,
            int priority,
            int maxAttempts,
            List<String> tags,
            String metadata,
            @Nullable String traceParent,
            @Nullable Duration resultTtl,
            @Nullable String scheduleId) {
        this(spec, priority, maxAttempts, tags, metadata, traceParent, resultTtl, scheduleId, null, null);
    }

    /**
     * Of which set a job is a member.
     *
     * @param node the number of the node in the workflow's graph; of a callback below 0
     * @param name of the node
     * @param run of the node
     * @param index among the members of the node
     */
    public record Place(UUID workflow, int node, String name, int run, int index) {

        /** As the job carries it. */
        JobPlace ofJob() {
            return new JobPlace(workflow, name, index);
        }
    }

    /** The same, of a member. */
    public JobDetails at(Place member) {
        return new JobDetails(
                spec.withPlace(member.ofJob()),
                priority,
                maxAttempts,
                tags,
                metadata,
                traceParent,
                resultTtl,
                scheduleId,
                parent,
                member);
    }

    /** The same, ordered by that job. */
    public JobDetails orderedBy(JobId job) {
        return new JobDetails(
                spec, priority, maxAttempts, tags, metadata, traceParent, resultTtl, scheduleId, job, place);
    }
}
