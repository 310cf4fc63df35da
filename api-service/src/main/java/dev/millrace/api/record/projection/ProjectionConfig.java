package dev.millrace.api.record.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are brought into the record. {@link ProjectionSettings} checks them. */
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
}
