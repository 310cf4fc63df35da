package dev.millrace.api.jobs.submit;

import dev.millrace.api.outbox.JobHeaders;
import dev.millrace.api.record.query.JobRow;
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

    Lane lane() {
        return Lane.of(queue, Band.ofPriority(priority));
    }

    /** As it is put on its lane for the first time. */
    Job firstRun(AcceptedTimes birth) {
        return new Job(
                id,
                task,
                queue,
                Band.ofPriority(priority),
                tenant,
                1,
                1,
                0,
                birth.due(),
                birth.expiresAt(),
                JobHeaders.of(traceParent, metadata),
                ignoreResult,
                terms,
                payload);
    }

    /** As PostgreSQL has it right after the commit. */
    JobRow row(AcceptedTimes birth) {
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
                birth.at(),
                birth.expiresAt(),
                maxAttempts,
                birth.due(),
                scheduleId,
                1,
                1,
                standing(birth.due()));
    }

    private static JobStatus standing(@Nullable Instant due) {
        JobStatus born = JobStatus.born(due == null ? JobState.QUEUED : JobState.SCHEDULED);
        return born.dueAt(due);
    }
}
