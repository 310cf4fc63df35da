package dev.millrace.worker.drain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a worker stops. */
@ConfigMapping(prefix = "millrace.worker")
public interface DrainConfig {

    /** How long running jobs may go on after SIGTERM before they are interrupted and handed back. */
    @WithDefault("PT25S")
    Duration grace();
}
