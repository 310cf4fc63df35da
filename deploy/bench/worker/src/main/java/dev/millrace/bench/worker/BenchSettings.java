package dev.millrace.bench.worker;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the tasks record, checked.
 *
 * @param out a folder that exists
 */
record BenchSettings(Path out) {

    BenchSettings {
        if (!Files.isDirectory(out)) {
            throw new IllegalArgumentException(
                    "millrace.worker.tasks.bench.out is " + out + ", where no folder is: make it first.");
        }
    }

    /** Throws {@link IllegalArgumentException}, which names the key, if the folder is not there. */
    static BenchSettings of(BenchConfig config) {
        return new BenchSettings(config.out());
    }
}
