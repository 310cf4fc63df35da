package dev.millrace.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job is to do, as its client said it and as it goes to the worker; the same for all runs of the job, unless a requeue
 * changes it.
 *
 * @param headers what the submitting request carried for the task, at most {@link #MAX_HEADERS}
 * @param ignoreResult the task's result is not kept; an error is
 * @param policy what this job wants otherwise than its task
 * @param payload JSON text
 * @param place in a workflow; null if it is a member of none
 */
public record JobSpec(
        TaskName task,
        QueueName queue,
        Band band,
        String tenant,
        Map<String, String> headers,
        boolean ignoreResult,
        PolicyOverride policy,
        String payload,
        @Nullable JobPlace place) {

    /** An entry holds no more than a few hundred fields. */
    public static final int MAX_HEADERS = 256;

    public JobSpec {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("A job belongs to a tenant; this one names none.");
        }
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("A job carries at most %d headers, metadata included, not %d."
                    .formatted(MAX_HEADERS, headers.size()));
        }
        headers = Map.copyOf(headers);
    }

    /** A job of the normal band that says nothing else. */
    public static JobSpec of(TaskName task, QueueName queue, String tenant, String payload) {
        return new JobSpec(task, queue, Band.NORMAL, tenant, Map.of(), false, PolicyOverride.NONE, payload, null);
    }

    public JobSpec withBand(Band next) {
        return new JobSpec(task, queue, next, tenant, headers, ignoreResult, policy, payload, place);
    }

    public JobSpec withHeaders(Map<String, String> next) {
        return new JobSpec(task, queue, band, tenant, next, ignoreResult, policy, payload, place);
    }

    public JobSpec withIgnoreResult(boolean next) {
        return new JobSpec(task, queue, band, tenant, headers, next, policy, payload, place);
    }

    public JobSpec withPolicy(PolicyOverride next) {
        return new JobSpec(task, queue, band, tenant, headers, ignoreResult, next, payload, place);
    }

    public JobSpec withPlace(JobPlace next) {
        return new JobSpec(task, queue, band, tenant, headers, ignoreResult, policy, payload, next);
    }
}
