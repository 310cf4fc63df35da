package dev.millrace.schedule;

import dev.millrace.job.JobId;
import java.time.Instant;
import java.util.UUID;

/**
 * One tick of one schedule.
 *
 * @param schedule its key, which no other schedule of any tenant has
 * @param generation distinguishes a schedule from a deleted one that had the same key
 */
public record Fire(String schedule, long generation, Instant at) {

    /** Drawn once; another one would fire every tick a second time. */
    private static final UUID NAMESPACE = UUID.fromString("0b4f9d52-6d1e-4f0c-9a53-7d2c1be0c6a8");

    /** The id of the job that it makes, however often and by whomever it is made: a UUID of version 5 (RFC 9562). */
    public JobId jobId() {
        // The last two hold no space, so that no two fires have the same name.
        return JobId.named(NAMESPACE, "%s %d %s".formatted(schedule, generation, at));
    }
}
