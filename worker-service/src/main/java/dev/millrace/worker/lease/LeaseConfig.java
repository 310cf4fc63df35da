package dev.millrace.worker.lease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a worker may be silent. */
@ConfigMapping(prefix = "millrace.worker")
public interface LeaseConfig {

    /** After this time without a renewal others take its jobs over; at least three times {@link #renew}. */
    @WithDefault("PT15S")
    Duration lease();

    /** The time between two renewals. */
    @WithDefault("PT5S")
    Duration renew();

    /** The time between two looks for abandoned jobs, on average. */
    @WithDefault("PT2S")
    Duration sweep();

    /**
     * Whether this worker shows others by its connection to Redis that it lives, and looks for those of dead ones. Off where
     * something between it and Redis shares connections, or closes them while it lives; then only leases decide.
     */
    @WithDefault("true")
    boolean watchConnections();
}
