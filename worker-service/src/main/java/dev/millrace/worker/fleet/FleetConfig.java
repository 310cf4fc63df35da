package dev.millrace.worker.fleet;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How a worker presents itself. */
@ConfigMapping(prefix = "millrace.worker")
public interface FleetConfig {

    /**
     * What people call this worker, a name of 1 to 128 characters of {@code A-Za-z0-9._:-}; by default its id. Others may be called
     * so, too, and whoever comes after it: it says nothing of who holds a job.
     */
    Optional<String> name();
}
