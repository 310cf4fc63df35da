package dev.millrace.scheduler.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a scheduler keeps what it does not need itself. */
@ConfigMapping(prefix = "millrace.scheduler.retention")
public interface RetentionConfig {

    /**
     * Answered fires, PT1H at least. The history that clients read is the api's: these rows are for people who look into the
     * tables, and cost about a kilobyte and the job's payload each.
     */
    @WithDefault("P7D")
    Duration fires();
}
