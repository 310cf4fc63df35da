package dev.millrace.api.record.job;

import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.stream.entries.Lane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that was checked and routed, and is to be accepted.
 *
 * @param due when it is to run
 * @param expiry when it may no longer start
 * @param body SHA-256 of the canonical request, by which a repetition of the id is known
 */
public record NewJob(JobId id, JobDetails details, DueTime due, DueTime expiry, BodyHash body) {

    /**
     * What PostgreSQL's clock made of a new job.
     *
     * @param due when it is to run; null for at once
     * @param expiresAt when it may no longer start; null if never
     */
    public record Times(
            Instant at, @Nullable Instant due, @Nullable Instant expiresAt) {}

    /** The same, as a member of a workflow. */
    public NewJob at(JobDetails.Place place) {
        return new NewJob(id, details.at(place), due, expiry, body);
    }

    /** The same, ordered by that job. */
    public NewJob orderedBy(JobId parent) {
        return new NewJob(id, details.orderedBy(parent), due, expiry, body);
    }

    public JobSpec spec() {
        return details.spec();
    }

    public Lane lane() {
        return Lane.of(spec().queue(), spec().band());
    }

    /** As it is put on its lane for the first time. */
    public Job firstRun(Times times) {
        return Job.first(id, spec()).withDue(times.due()).withExpiry(times.expiresAt());
    }

    /** As PostgreSQL has it right after the commit. */
    public JobRow row(Times times) {
        return new JobRow(id, details, times.at(), times.expiresAt(), times.due(), 1, 1, status(times.due()));
    }

    private static JobStatus status(@Nullable Instant due) {
        return due == null
                ? JobStatus.created(JobState.QUEUED)
                : JobStatus.created(JobState.SCHEDULED).dueAt(due);
    }
}
