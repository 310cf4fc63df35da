package dev.millrace.proving.worker;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the tasks keep their journal, checked.
 *
 * @param journal a file, in a folder that exists
 */
record ChaosSettings(Path journal) {

    ChaosSettings {
        Path folder = journal.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("millrace.worker.tasks.chaos.journal is " + journal
                    + ", whose folder is not there: make it first.");
        }
    }

    /** Throws {@link IllegalArgumentException}, which names the key, if the folder is not there. */
    static ChaosSettings of(ChaosConfig config) {
        return new ChaosSettings(config.journal());
    }
}
