package dev.millrace.proving.worker;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tasks keep their journal. */
@ConfigMapping(prefix = "millrace.worker.tasks.chaos")
interface ChaosConfig {

    /** A file, in a folder that exists. */
    Path journal();

    /** Throws {@link IllegalArgumentException} if its folder is not there. */
    static void check(ChaosConfig config) {
        Path folder = config.journal().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("millrace.worker.tasks.chaos.journal is " + config.journal()
                    + ", whose folder is not there: make it first.");
        }
    }
}
