package dev.millrace.job;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job as it lies on a stream.
 *
 * @param run 1 at submit, grows with every dispatch
 * @param attempt failures so far plus one
 * @param deaths workers that died holding it, or an earlier run of it
 * @param due when it is to run at the earliest, on the stream in whole milliseconds, rounded up; null for at once
 * @param expiresAt when it may no longer start, by PostgreSQL's clock at submit; null if never
 * @param headers what the submitting request carried for the task, at most {@link #MAX_HEADERS}
 * @param ignoreResult the task's result is not kept; an error is
 * @param terms what this job wants otherwise than its task
 * @param payload JSON text
 */
public record Job(
        JobId id,
        TaskName task,
        QueueName queue,
        Band band,
        String tenant,
        long run,
        int attempt,
        int deaths,
        @Nullable Instant due,
        @Nullable Instant expiresAt,
        Map<String, String> headers,
        boolean ignoreResult,
        PolicyOverride terms,
        String payload) {

    /** An entry holds no more than a few hundred fields. */
    public static final int MAX_HEADERS = 256;

    public Job {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("A job belongs to a tenant; this one names none.");
        }
        if (run < 1 || attempt < 1 || deaths < 0) {
            throw new IllegalArgumentException(
                    "A job's run and attempt are at least 1 and its deaths at least 0, not %d, %d, %d."
                            .formatted(run, attempt, deaths));
        }
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("A job carries at most %d headers, metadata included, not %d."
                    .formatted(MAX_HEADERS, headers.size()));
        }
        headers = Map.copyOf(headers);
    }

    /** The same job at a later dispatch. */
    public Job withRun(long next) {
        return new Job(
                id,
                task,
                queue,
                band,
                tenant,
                next,
                attempt,
                deaths,
                due,
                expiresAt,
                headers,
                ignoreResult,
                terms,
                payload);
    }
}
