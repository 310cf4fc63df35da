package dev.millrace.testkit;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Jobs as tests want them. */
public final class Jobs {

    public static final QueueName QUEUE = new QueueName("mail");

    private Jobs() {}

    /** The id with this number. */
    public static JobId id(int number) {
        return new JobId(new UUID(0x0192_f3c1_0000_7000L, 0x8000_0000_0000_0000L | number));
    }

    /** First run of the job with this number, in the normal band of {@link #QUEUE}. */
    public static Job job(int number) {
        return job(number, Band.NORMAL);
    }

    public static Job job(int number, Band band) {
        return new Job(
                id(number),
                new TaskName("email.send"),
                QUEUE,
                band,
                "default",
                1,
                1,
                0,
                null,
                null,
                Map.of("traceparent", "00-abc"),
                false,
                PolicyOverride.NONE,
                "{\"to\":\"ä\"}");
    }

    /** The same job, which may not start at or after this time, in whole milliseconds as on a stream. */
    public static Job expiring(Job job, Instant at) {
        return new Job(
                job.id(),
                job.task(),
                job.queue(),
                job.band(),
                job.tenant(),
                job.run(),
                job.attempt(),
                job.deaths(),
                job.due(),
                at.truncatedTo(ChronoUnit.MILLIS),
                job.headers(),
                job.ignoreResult(),
                job.terms(),
                job.payload());
    }

    /** The same job, to run at this time, in whole milliseconds as on a stream. */
    public static Job due(Job job, Instant at) {
        return new Job(
                job.id(),
                job.task(),
                job.queue(),
                job.band(),
                job.tenant(),
                job.run(),
                job.attempt(),
                job.deaths(),
                at.truncatedTo(ChronoUnit.MILLIS),
                job.expiresAt(),
                job.headers(),
                job.ignoreResult(),
                job.terms(),
                job.payload());
    }

    public static Job withTerms(Job job, PolicyOverride terms) {
        return new Job(
                job.id(),
                job.task(),
                job.queue(),
                job.band(),
                job.tenant(),
                job.run(),
                job.attempt(),
                job.deaths(),
                job.due(),
                job.expiresAt(),
                job.headers(),
                job.ignoreResult(),
                terms,
                job.payload());
    }

    /** The same job after so many failures and one. */
    public static Job attempt(Job job, int attempt) {
        return new Job(
                job.id(),
                job.task(),
                job.queue(),
                job.band(),
                job.tenant(),
                job.run(),
                attempt,
                job.deaths(),
                job.due(),
                job.expiresAt(),
                job.headers(),
                job.ignoreResult(),
                job.terms(),
                job.payload());
    }

    public static Job withHeaders(Job job, Map<String, String> headers) {
        return new Job(
                job.id(),
                job.task(),
                job.queue(),
                job.band(),
                job.tenant(),
                job.run(),
                job.attempt(),
                job.deaths(),
                job.due(),
                job.expiresAt(),
                headers,
                job.ignoreResult(),
                job.terms(),
                job.payload());
    }
}
