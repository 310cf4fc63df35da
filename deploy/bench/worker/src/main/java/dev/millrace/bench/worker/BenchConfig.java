package dev.millrace.bench.worker;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where the tasks record. */
@ConfigMapping(prefix = "millrace.worker.tasks.bench")
interface BenchConfig {

    /** A folder that exists. */
    Path out();
}
