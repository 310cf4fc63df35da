package dev.millrace.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs lines as a person would paste them. */
public final class Shell {

    private Shell() {}

    public static String run(String line) throws IOException, InterruptedException {
        return run(Path.of("."), line);
    }

    /** Returns what it printed; fails unless it exits with 0. */
    public static String run(Path folder, String line) throws IOException, InterruptedException {
        return run(folder, Map.of(), line);
    }

    /** The same, with these variables besides those of this process. */
    public static String run(Path folder, Map<String, String> environment, String line)
            throws IOException, InterruptedException {
        End end = end(folder, environment, line);
        if (end.status() != 0) {
            throw new AssertionError("'" + line + "' ended with " + end.status() + ": " + end.text());
        }
        return end.text();
    }

    /** How a line ended that may fail. */
    public static End end(Path folder, Map<String, String> environment, String line)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
        builder.directory(folder.toFile()).environment().putAll(environment);
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new End(process.waitFor(), text);
        }
    }

    /** Its exit status, and what it printed. */
    public record End(int status, String text) {}
}
