package dev.millrace.api.record.projection;

import dev.millrace.api.base.config.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are brought into the record. Checked when the service starts. */
@ConfigMapping(prefix = "millrace.api.projection")
interface ProjectionConfig {

    /** Events that one commit takes, 1 to 5,000. More save commits, and make an event that must be found alone dearer. */
    @WithDefault("500")
    int batch();

    /** After this time, PT1S to PT1H, events that another instance read and did not finish are taken over. */
    @WithDefault("PT30S")
    Duration claimIdle();

    /** How long events stay after their commit, for clients that come back; P7D at most. Longer costs memory of Redis. */
    @WithDefault("PT10M")
    Duration keep();

    /** Memory of Redis above which committed events go before their time, in bytes, at least 1 MiB. */
    @WithDefault("268435456")
    long keepBytes();

    /** Throws {@link IllegalArgumentException} naming the first key that is out of its range. */
    static void check(ProjectionConfig config) {
        Bounds.require("millrace.api.projection.batch", config.batch(), 1, 5_000);
        Bounds.require(
                "millrace.api.projection.claim-idle", config.claimIdle(), Duration.ofSeconds(1), Duration.ofHours(1));
        Bounds.require("millrace.api.projection.keep", config.keep(), Duration.ZERO, Duration.ofDays(7));
        Bounds.require("millrace.api.projection.keep-bytes", config.keepBytes(), 1 << 20, Long.MAX_VALUE);
    }
}
