package dev.millrace.api.record.job;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.entries.Lane;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that was checked and routed, and is to be accepted.
 *
 * @param due when it is to run
 * @param expiry when it may no longer start
 * @param terms what it wants otherwise than its task
 * @param maxAttempts by these over the terms of its task
 * @param payload JSON text
 * @param metadata JSON text of an object
 * @param traceParent of the request; null without one
 * @param body SHA-256 of the canonical request, by which a repetition of the id is known
 * @param scheduleId of the schedule that asks for it; null if none does
 */
public record NewJob(
        JobId id,
        String tenant,
        TaskName task,
        QueueName queue,
        int priority,
        DueTime due,
        DueTime expiry,
        PolicyOverride terms,
        int maxAttempts,
        String payload,
        List<String> tags,
        String metadata,
        @Nullable String traceParent,
        boolean ignoreResult,
        BodyHash body,
        @Nullable String scheduleId) {

    /**
     * What PostgreSQL's clock made of a new job.
     *
     * @param due when it is to run; null for at once
     * @param expiresAt when it may no longer start; null if never
     * @param kept it is due so late that PostgreSQL keeps it for now
     */
    public record Times(
            Instant at, @Nullable Instant due, @Nullable Instant expiresAt, boolean kept) {}

    public Lane lane() {
        return Lane.of(queue, Band.ofPriority(priority));
    }

    /** As it is put on its lane for the first time. */
    public Job firstRun(Times times) {
        return new Job(
                id,
                task,
                queue,
                Band.ofPriority(priority),
                tenant,
                1,
                1,
                0,
                times.due(),
                times.expiresAt(),
                JobHeaders.of(traceParent, metadata),
                ignoreResult,
                terms,
                payload);
    }

    /** As PostgreSQL has it right after the commit. */
    public JobRow row(Times times) {
        return new JobRow(
                id,
                tenant,
                task,
                queue,
                priority,
                payload,
                tags,
                metadata,
                traceParent,
                ignoreResult,
                times.at(),
                times.expiresAt(),
                maxAttempts,
                times.due(),
                scheduleId,
                1,
                1,
                status(times.due()));
    }

    private static JobStatus status(@Nullable Instant due) {
        JobStatus created = JobStatus.born(due == null ? JobState.QUEUED : JobState.SCHEDULED);
        return created.dueAt(due);
    }
}
