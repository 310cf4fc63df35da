package dev.millrace.api.record.job;

import dev.millrace.job.JobEvent;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a job: what submit wrote, and where the job stands.
 *
 * @param payload JSON text, as it was accepted
 * @param metadata JSON text of an object
 * @param traceParent the W3C trace context of the submitting request; null without one
 * @param scheduledFor the time that submit set for its first run; null for at once
 * @param scheduleId of the schedule that it is of; null if it is of none
 * @param version grows with every change of the row
 * @param run of the furthest event, or of the requeue behind it; 1 before the first
 */
public record JobRow(
        JobId id,
        String tenant,
        TaskName task,
        QueueName queue,
        int priority,
        String payload,
        List<String> tags,
        String metadata,
        @Nullable String traceParent,
        boolean ignoreResult,
        Instant createdAt,
        @Nullable Instant expiresAt,
        int maxAttempts,
        @Nullable Instant scheduledFor,
        @Nullable String scheduleId,
        long version,
        long run,
        JobStatus standing) {

    public JobRow {
        tags = List.copyOf(tags);
    }

    /** The row as the projection will make it of this event; the version stays, since the projection counts it. */
    public JobRow after(JobEvent event) {
        JobStatus next = standing.after(event);
        return next.equals(standing) ? this : standing(next);
    }

    /** The same job, standing elsewhere. */
    public JobRow standing(JobStatus next) {
        long furthest = next.position().token().run();
        long nextRun = furthest == 0 ? run : furthest;
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
                createdAt,
                expiresAt,
                maxAttempts,
                scheduledFor,
                scheduleId,
                version,
                nextRun,
                next);
    }

    public boolean ended() {
        return standing.ended() != null;
    }
}
