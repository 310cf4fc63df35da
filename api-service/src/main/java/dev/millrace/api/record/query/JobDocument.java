package dev.millrace.api.record.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.millrace.api.record.job.JobDetails.Place;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.JobStatus.LastProgress;
import dev.millrace.job.JobStatus.LastStart;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it. Every field is always there, null where it does not apply. Times are UTC; durations are
 * milliseconds. Payload, metadata and result stand as the JSON that was accepted.
 *
 * @param attempt counts from 1; of an ended job, the attempts that were made
 * @param scheduledFor when it is, or was, to run first; null for at once, and after a requeue
 * @param deadLetter it ended so that it left a dead letter, and was not requeued since
 * @param resultExpiresAt when its result is, or was, dropped; null if it stays as long as the job, and before the end
 * @param scheduleId of the schedule that made it, or was told to
 * @param parentId of the job whose task ordered it
 * @param workflowId of the workflow of which it is a member; null if of none, as {@code node} and {@code index}
 * @param index among the members of its node
 * @param waitMs from its creation to its last start
 * @param durationMs how long its last run took; while it runs, how long it has run so far
 */
@RegisterForReflection
public record JobDocument(
        String id,
        String task,
        String queue,
        int priority,
        JobState state,
        @JsonRawValue String payload,
        int attempt,
        int maxAttempts,
        long run,
        @Nullable Progress progress,
        List<String> tags,
        @JsonRawValue String metadata,
        String tenant,
        Instant createdAt,
        @Nullable Instant scheduledFor,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMs,
        @Nullable Long waitMs,
        @Nullable Instant expiresAt,
        @Nullable Instant nextAttemptAt,
        @Nullable String worker,
        @Nullable String scheduleId,
        @Nullable String parentId,
        @Nullable String workflowId,
        @Nullable String node,
        @Nullable Integer index,
        @JsonRawValue @Nullable String result,
        @Nullable Instant resultExpiresAt,
        @Nullable Failure error,
        boolean deadLetter,
        @Nullable String traceId,
        long version,
        Links links) {

    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;

    /** How far a run is; total and percent are null while the total is not known. */
    @RegisterForReflection
    public record Progress(
            long current,
            @Nullable Long total,
            @Nullable Integer percent,
            @Nullable String message) {

        public static Progress of(JobEvent.Progress progress) {
            boolean known = progress.total() > 0;
            return new Progress(
                    progress.current(),
                    known ? progress.total() : null,
                    known ? percent(progress) : null,
                    progress.message());
        }

        private static int percent(JobEvent.Progress progress) {
            double ratio = (double) progress.current() / progress.total();
            return (int) Math.clamp(ratio * 100, 0, 100);
        }
    }

    /** Why the job did not succeed. */
    @RegisterForReflection
    public record Failure(
            String type, @Nullable String message, @Nullable String stackTrace) {}

    /** Paths below the service's own address. */
    @RegisterForReflection
    public record Links(String self, String result, String events, String cancel) {

        public static Links of(JobId id) {
            String self = "/api/v1/jobs/" + id;
            return new Links(self, self + "/result", self + "/events", self + "/cancel");
        }
    }

    /** The job as it stands at that time, for whoever is shown no more than this. */
    public static JobDocument of(JobRow row, Instant now, Redaction redaction) {
        LastStart start = row.status().started();
        End end = row.status().ended();
        Place place = row.details().place();
        return new JobDocument(
                row.id().toString(),
                row.task().value(),
                row.queue().value(),
                row.details().priority(),
                row.status().state(),
                redaction.payload(row.task(), row.spec().payload()),
                row.status().attempt(),
                row.details().maxAttempts(),
                row.run(),
                progress(row.status().progressed()),
                row.details().tags(),
                row.details().metadata(),
                row.tenant(),
                row.createdAt(),
                scheduledFor(row),
                start == null ? null : start.at(),
                end == null ? null : end.at(),
                millis(duration(row.status(), now)),
                start == null ? null : millis(between(row.createdAt(), start.at())),
                row.expiresAt(),
                dueIn(JobState.RETRYING, row.status()),
                start == null ? null : start.worker(),
                row.details().scheduleId(),
                parent(row.details().parent()),
                place == null ? null : place.workflow().toString(),
                place == null ? null : place.name(),
                place == null ? null : (Integer) place.index(),
                redaction.result(row.task(), end == null ? null : end.result()),
                resultExpiry(row.details().resultTtl(), end),
                redaction.failure(row.task(), failure(end)),
                isDeadLetter(row.status().state()),
                traceId(row.details().traceParent()),
                row.version(),
                Links.of(row.id()));
    }

    private static @Nullable String parent(@Nullable JobId parent) {
        return parent == null ? null : parent.toString();
    }

    /** A run that the task put off is scheduled for then; otherwise the time that submit set stays. */
    private static @Nullable Instant scheduledFor(JobRow row) {
        Instant due = dueIn(JobState.SCHEDULED, row.status());
        return due == null ? row.scheduledFor() : due;
    }

    /** The commit of such an end leaves a dead letter. */
    private static boolean isDeadLetter(JobState state) {
        return state == JobState.FAILED || state == JobState.TIMED_OUT;
    }

    private static @Nullable Instant dueIn(JobState state, JobStatus status) {
        return status.state() == state ? status.due() : null;
    }

    private static @Nullable Progress progress(@Nullable LastProgress last) {
        return last == null ? null : Progress.of(last.progress());
    }

    private static @Nullable Instant resultExpiry(@Nullable Duration ttl, @Nullable End end) {
        return ttl == null || end == null ? null : end.at().plus(ttl);
    }

    static @Nullable Failure failure(@Nullable End end) {
        return end == null || end.error() == null
                ? null
                : new Failure(
                        end.error().type(), end.error().message(), end.error().stackTrace());
    }

    private static @Nullable Duration duration(JobStatus status, Instant now) {
        End end = status.ended();
        LastStart start = status.started();
        if (end != null) {
            return end.duration();
        }
        return start != null && status.state() == JobState.RUNNING ? between(start.at(), now) : null;
    }

    /** The times come from clocks of several machines, so their difference may be a little below 0. */
    private static Duration between(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.isNegative() ? Duration.ZERO : between;
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable String traceId(@Nullable String traceParent) {
        return traceParent == null || traceParent.length() < TRACE_ID_END
                ? null
                : traceParent.substring(TRACE_ID_START, TRACE_ID_END);
    }
}
