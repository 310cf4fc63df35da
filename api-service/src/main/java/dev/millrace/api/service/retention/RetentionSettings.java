package dev.millrace.api.service.retention;

import dev.millrace.api.base.config.Bounds;
import java.time.Duration;

/** How long the record keeps what has ended. Checked when the service starts. */
record RetentionSettings(Duration jobs, Duration ignored, Duration deadLetters, Duration fires, Duration quarantine) {

    RetentionSettings {
        require("jobs", jobs);
        require("ignored", ignored);
        require("dead-letters", deadLetters);
        require("fires", fires);
        require("quarantine", quarantine);
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming the first key that is out of its range
     */
    static RetentionSettings of(RetentionConfig config) {
        return new RetentionSettings(
                config.jobs(), config.ignored(), config.deadLetters(), config.fires(), config.quarantine());
    }

    private static void require(String key, Duration value) {
        Bounds.require("millrace.api.retention." + key, value, Duration.ofDays(1), Duration.ofDays(3650));
    }
}
