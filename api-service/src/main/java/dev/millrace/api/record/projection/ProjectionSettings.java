package dev.millrace.api.record.projection;

import dev.millrace.api.base.config.Bounds;
import java.time.Duration;

/** How events are brought into the record. Checked when the service starts. */
record ProjectionSettings(int batch, Duration claimIdle, Duration keep, long keepBytes) {

    ProjectionSettings {
        Bounds.require("millrace.api.projection.batch", batch, 1, 5_000);
        Bounds.require("millrace.api.projection.claim-idle", claimIdle, Duration.ofSeconds(1), Duration.ofHours(1));
        Bounds.require("millrace.api.projection.keep", keep, Duration.ZERO, Duration.ofDays(7));
        Bounds.require("millrace.api.projection.keep-bytes", keepBytes, 1 << 20, Long.MAX_VALUE);
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException naming the first key that is out of its range
     */
    static ProjectionSettings of(ProjectionConfig config) {
        return new ProjectionSettings(config.batch(), config.claimIdle(), config.keep(), config.keepBytes());
    }
}
