package dev.millrace.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What runs as a process, to tell ours from one that was given its number later. */
public final class CommandLines {

    private CommandLines() {}

    /** Program and arguments, separated by spaces; empty if there is no such process or its owner keeps it secret. */
    public static String of(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "cmdline");
        try {
            // Whole, where Java's own ProcessHandle gives no arguments for a long or rewritten command line.
            return Files.isReadable(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ')
                    : fromHandle(pid);
        } catch (IOException e) {
            // It ended between the question and the answer.
            return "";
        }
    }

    private static String fromHandle(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .orElse("");
    }
}
