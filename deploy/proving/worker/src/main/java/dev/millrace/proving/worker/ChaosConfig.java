package dev.millrace.proving.worker;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the tasks keep their journal. */
@ConfigMapping(prefix = "millrace.worker.tasks.chaos")
interface ChaosConfig {

    /** A file, in a folder that exists. */
    Path journal();
}
