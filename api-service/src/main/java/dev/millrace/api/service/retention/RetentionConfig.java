package dev.millrace.api.service.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the record keeps what has ended, P1D to P3650D each. Shorter would delete jobs whose Idempotency-Key still names
 * them. {@link RetentionSettings} checks them.
 */
@ConfigMapping(prefix = "millrace.api.retention")
interface RetentionConfig {

    /** Ended jobs with their attempts and dead letters, since their end. */
    @WithDefault("P7D")
    Duration jobs();

    /** The same, of those that succeeded, unless they are kept as {@link #jobs} says. */
    Optional<Duration> succeeded();

    /** As {@link #succeeded}, of those that failed. Of jobs whose dead letter is open {@link #deadLetters} says it. */
    Optional<Duration> failed();

    /** As {@link #failed}, of those that ran too long. */
    Optional<Duration> timedOut();

    /** As {@link #succeeded}, of those that a client cancelled. */
    Optional<Duration> cancelled();

    /** As {@link #succeeded}, of those that nobody started in their time. */
    Optional<Duration> expired();

    /** The same, of jobs with {@code ignoreResult}, in whichever state they ended. */
    @WithDefault("P1D")
    Duration ignored();

    /** The same, of jobs whose dead letter is open, with {@code ignoreResult} or without. */
    @WithDefault("P7D")
    Duration deadLetters();

    /** Ended workflows with all of their jobs, however these ended, since the end of the workflow. */
    @WithDefault("P7D")
    Duration workflows();

    /** Versions of definitions that are not the current ones, since that was so; one with a workflow that is kept stays as long. */
    @WithDefault("P90D")
    Duration definitions();

    /** What became of the ticks of schedules, and which schedules were deleted, since that was recorded. */
    @WithDefault("P7D")
    Duration fires();

    /** Bulk actions, since they ended. */
    @WithDefault("P7D")
    Duration bulkActions();

    /** Entries that nobody could read. */
    @WithDefault("P7D")
    Duration quarantine();
}
