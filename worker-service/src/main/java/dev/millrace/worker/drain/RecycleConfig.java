package dev.millrace.worker.drain;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** When a worker makes room for a fresh process of itself. By default never: no task leaves anything behind that a process would have to end for. */
@ConfigMapping(prefix = "millrace.worker.recycle-after")
public interface RecycleConfig {

    /** After so many runs, at least 1, of which up to a tenth are left out by chance. */
    OptionalInt jobs();

    /** After so long, at least a second, of which up to a tenth is left out by chance. */
    Optional<Duration> time();
}
