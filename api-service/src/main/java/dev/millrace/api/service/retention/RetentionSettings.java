package dev.millrace.api.service.retention;

import dev.millrace.api.base.config.Bounds;
import dev.millrace.job.JobState;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How long the record keeps what has ended. Checked when the service starts.
 *
 * @param ended jobs by the state in which they ended
 */
record RetentionSettings(
        Map<JobState, Duration> ended,
        Duration ignored,
        Duration deadLetters,
        Duration workflows,
        Duration definitions,
        Duration fires,
        Duration bulkActions,
        Duration quarantine) {

    RetentionSettings {
        ended = Map.copyOf(ended);
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming the first key that is out of its range
     */
    static RetentionSettings of(RetentionConfig config) {
        Duration jobs = kept("jobs", config.jobs());
        return new RetentionSettings(
                Map.of(
                        JobState.SUCCEEDED, kept("succeeded", config.succeeded().orElse(jobs)),
                        JobState.FAILED, kept("failed", config.failed().orElse(jobs)),
                        JobState.TIMED_OUT, kept("timed-out", config.timedOut().orElse(jobs)),
                        JobState.CANCELLED, kept("cancelled", config.cancelled().orElse(jobs)),
                        JobState.EXPIRED, kept("expired", config.expired().orElse(jobs))),
                kept("ignored", config.ignored()),
                kept("dead-letters", config.deadLetters()),
                kept("workflows", config.workflows()),
                kept("definitions", config.definitions()),
                kept("fires", config.fires()),
                kept("bulk-actions", config.bulkActions()),
                kept("quarantine", config.quarantine()));
    }

    /** How long jobs are kept that ended in that state. */
    Duration ended(JobState state) {
        return Objects.requireNonNull(ended.get(state), "It is a state in which jobs end.");
    }

    private static Duration kept(String key, Duration value) {
        Bounds.require("millrace.api.retention." + key, value, Duration.ofDays(1), Duration.ofDays(3650));
        return value;
    }
}
