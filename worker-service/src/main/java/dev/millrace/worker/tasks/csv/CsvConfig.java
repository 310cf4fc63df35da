package dev.millrace.worker.tasks.csv;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much {@code csv.import} may fetch. It streams, so this bounds time and traffic, not memory. */
@ConfigMapping(prefix = "millrace.worker.tasks.csv")
public interface CsvConfig {

    /** The largest file, inflated; at least 1 byte. A larger one fails the job. */
    @WithDefault("1G")
    MemorySize maxBytes();

    /** How long fetching and reading one file may take; more than zero. The job's own time-out holds too. */
    @WithDefault("PT30M")
    Duration downloadTimeout();
}
