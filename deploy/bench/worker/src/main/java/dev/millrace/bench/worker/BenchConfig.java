package dev.millrace.bench.worker;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tasks record. */
@ConfigMapping(prefix = "millrace.worker.tasks.bench")
interface BenchConfig {

    /** A folder that exists. */
    Path out();

    /** Throws {@link IllegalArgumentException} if the folder is not there. */
    static void check(BenchConfig config) {
        if (!Files.isDirectory(config.out())) {
            throw new IllegalArgumentException(
                    "millrace.worker.tasks.bench.out is " + config.out() + ", where no folder is: make it first.");
        }
    }
}
