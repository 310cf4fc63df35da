package dev.millrace.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job as it lies on a stream.
 *
 * @param spec what is to be done; the same in every run
 * @param run 1 at submit, one more each time that it is put on its queue anew; a worker that takes it over repeats it
 * @param attempt failures so far plus one
 * @param deaths workers that died holding it, or an earlier run of it
 * @param due when it is to run at the earliest, on the stream in whole milliseconds, rounded up; null for at once
 * @param expiresAt when it may no longer start, by PostgreSQL's clock at submit; null if never
 */
public record Job(
        JobId id,
        JobSpec spec,
        long run,
        int attempt,
        int deaths,
        @Nullable Instant due,
        @Nullable Instant expiresAt) {

    public Job {
        if (run < 1 || attempt < 1 || deaths < 0) {
            throw new IllegalArgumentException(
                    "A job's run and attempt are at least 1 and its deaths at least 0, not %d, %d, %d."
                            .formatted(run, attempt, deaths));
        }
    }

    /** The first run, due at once and forever. */
    public static Job first(JobId id, JobSpec spec) {
        return new Job(id, spec, 1, 1, 0, null, null);
    }

    public TaskName task() {
        return spec.task();
    }

    public QueueName queue() {
        return spec.queue();
    }

    public Band band() {
        return spec.band();
    }

    public String payload() {
        return spec.payload();
    }

    /** The same job with something else to do. */
    public Job withSpec(JobSpec next) {
        return new Job(id, next, run, attempt, deaths, due, expiresAt);
    }

    /** The same job at a later run. */
    public Job withRun(long next) {
        return new Job(id, spec, next, attempt, deaths, due, expiresAt);
    }

    public Job withAttempt(int next) {
        return new Job(id, spec, run, next, deaths, due, expiresAt);
    }

    public Job withDeaths(int next) {
        return new Job(id, spec, run, attempt, next, due, expiresAt);
    }

    /** The same job, to run at this time; null for at once. */
    public Job withDue(@Nullable Instant next) {
        return new Job(id, spec, run, attempt, deaths, next, expiresAt);
    }

    /** The same job, which may not start at or after this time; null for any. */
    public Job withExpiry(@Nullable Instant next) {
        return new Job(id, spec, run, attempt, deaths, due, next);
    }
}
