package dev.millrace.api.submit;

import dev.millrace.api.outbox.JobHeaders;
import dev.millrace.api.query.JobRow;
import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStanding;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.job.TermsOverride;
import dev.millrace.stream.Lane;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that was checked and routed, and is to be accepted.
 *
 * @param payload JSON text
 * @param metadata JSON text of an object
 * @param traceParent of the request; null without one
 * @param body SHA-256 of the canonical request, by which a repetition of the id is known
 */
record NewJob(
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
        BodyHash body) {

    Lane lane() {
        return Lane.of(queue, Band.ofPriority(priority));
    }

    /** As it is put on its lane for the first time. */
    Job firstRun() {
        return new Job(
                id,
                task,
                queue,
                Band.ofPriority(priority),
                tenant,
                1,
                1,
                0,
                null,
                null,
                JobHeaders.of(traceParent, metadata),
                ignoreResult,
                TermsOverride.NONE,
                payload);
    }

    /** As PostgreSQL has it right after the commit. */
    JobRow row(Instant createdAt) {
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
                null,
                1,
                1,
                JobStanding.born(JobState.QUEUED));
    }
}
