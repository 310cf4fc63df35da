package dev.millrace.proving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs lines as a person would paste them. */
final class Shell {

    private Shell() {}

    static String run(String line) throws IOException, InterruptedException {
        return run(Path.of("."), line);
    }

    /** Returns what it printed; fails unless it exits with 0. */
    static String run(Path folder, String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError("'" + line + "' ended with " + status + ": " + text);
            }
            return text;
        }
    }
}
