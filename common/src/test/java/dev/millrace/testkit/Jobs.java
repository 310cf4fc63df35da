package dev.millrace.testkit;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
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

    private static final JobSpec SPEC = JobSpec.of(new TaskName("email.send"), QUEUE, "default", "{\"to\":\"ä\"}")
            .withHeaders(Map.of("traceparent", "00-abc"));

    private Jobs() {}

    /** The id with this number. */
    public static JobId id(int number) {
        return new JobId(new UUID(0x0192_f3c1_0000_7000L, 0x8000_0000_0000_0000L | number));
    }

    /** First run of the job with this number, in the normal band of {@link #QUEUE}. */
    public static Job job(int number) {
        return Job.first(id(number), SPEC);
    }

    public static Job job(int number, Band band) {
        return Job.first(id(number), SPEC.withBand(band));
    }

    /** The same job, which may not start at or after this time, in whole milliseconds as on a stream. */
    public static Job expiring(Job job, Instant at) {
        return job.withExpiry(at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same job, to run at this time, in whole milliseconds as on a stream. */
    public static Job due(Job job, Instant at) {
        return job.withDue(at.truncatedTo(ChronoUnit.MILLIS));
    }

    public static Job withPolicy(Job job, PolicyOverride policy) {
        return job.withSpec(job.spec().withPolicy(policy));
    }

    public static Job withHeaders(Job job, Map<String, String> headers) {
        return job.withSpec(job.spec().withHeaders(headers));
    }
}
