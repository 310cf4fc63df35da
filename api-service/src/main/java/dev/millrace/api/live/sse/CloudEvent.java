package dev.millrace.api.live.sse;

import dev.millrace.api.record.query.JobDocument;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in its JSON form.
 *
 * @param id unique for its source, which is the job
 */
@RegisterForReflection
record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        Object data) {

    /** The data of a progress event. */
    @RegisterForReflection
    record JobProgress(
            String jobId,
            long current,
            @Nullable Long total,
            @Nullable Integer percent,
            @Nullable String message,
            Instant at) {

        static JobProgress of(JobId job, JobDocument.Progress progress, Instant at) {
            return new JobProgress(
                    job.toString(), progress.current(), progress.total(), progress.percent(), progress.message(), at);
        }
    }

    static CloudEvent ofJob(String id, JobDocument job, Instant time) {
        return of(id, job.id(), typeOf(job.state()), time, job);
    }

    static CloudEvent ofSnooze(String id, JobDocument job, Instant time) {
        return of(id, job.id(), "snoozed", time, job);
    }

    static CloudEvent ofProgress(String id, JobProgress progress) {
        return of(id, progress.jobId(), "progress", progress.at(), progress);
    }

    private static CloudEvent of(String id, String job, String type, Instant time, Object data) {
        return new CloudEvent(
                "1.0",
                id,
                "/api/v1/jobs/" + job,
                "dev.millrace.job." + type + ".v1",
                "jobs/" + job,
                time,
                "application/json",
                data);
    }

    private static String typeOf(JobState state) {
        return state == JobState.RUNNING
                ? "started"
                : state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
