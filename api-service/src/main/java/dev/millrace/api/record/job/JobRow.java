package dev.millrace.api.record.job;

import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.End;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record of a job: what acceptance wrote, and how the job stands.
 *
 * @param scheduledFor the time that acceptance set for its first run; null for at once
 * @param version grows with every change of the row
 * @param run of the furthest event, or of the requeue behind it; 1 before the first
 */
public record JobRow(
        JobId id,
        JobDetails details,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant scheduledFor,
        long version,
        long run,
        JobStatus status) {

    public JobSpec spec() {
        return details.spec();
    }

    public String tenant() {
        return spec().tenant();
    }

    public TaskName task() {
        return spec().task();
    }

    public QueueName queue() {
        return spec().queue();
    }

    /** The row as the projection will make it of this event; the version stays, since the projection counts it. */
    public JobRow after(JobEvent event) {
        JobStatus next = status.after(event);
        return next.equals(status) ? this : withStatus(next);
    }

    /** The row as it is once it has taken an end, given as it was at any time before; empty if that is not known. */
    public Optional<JobRow> ended(PlainEnd end) {
        return Optional.ofNullable(end.status())
                .map(next -> withStatus(kept(next)).withVersion(end.version()));
    }

    /** A result is not kept of every job. */
    private JobStatus kept(JobStatus next) {
        End end = next.ended();
        return end == null || !spec().ignoreResult()
                ? next
                : new JobStatus(
                        next.state(),
                        next.position(),
                        next.attempt(),
                        next.due(),
                        next.started(),
                        next.progressed(),
                        new End(end.position(), end.at(), end.duration(), null, end.error()),
                        next.supersededUpTo());
    }

    private JobRow withVersion(long next) {
        return new JobRow(id, details, createdAt, expiresAt, scheduledFor, next, run, status);
    }

    /** The same job with another status. */
    public JobRow withStatus(JobStatus next) {
        long furthest = next.position().token().run();
        return new JobRow(
                id, details, createdAt, expiresAt, scheduledFor, version, furthest == 0 ? run : furthest, next);
    }

    public boolean ended() {
        return status.ended() != null;
    }
}
