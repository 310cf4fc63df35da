package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.home.Home;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Where a person reads: our own lines. Those of the processes go to a file each, and where {@link Lines#ALL} is asked
 * for, to the person too, with the process's name before them.
 */
public final class Terminal {

    private static final String OURS = "millrace";

    private final PrintStream out;
    private final Path folder;
    private final Lines lines;
    private final Map<String, Consumer<String>> logs = new ConcurrentHashMap<>();

    /** Which lines a person reads. */
    public enum Lines {
        /** Those of the launcher. */
        OURS,
        /** Those of every process, too. */
        ALL
    }

    public Terminal(PrintStream out, Home home, Lines lines) {
        this.out = out;
        this.folder = home.logs();
        this.lines = lines;
    }

    /** One whose lines nobody reads; the logs are kept all the same. */
    public static Terminal unread(Home home) {
        return new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), home, Lines.OURS);
    }

    /** One line of the launcher itself. */
    public void say(String line) {
        print(OURS, line);
    }

    /** Text as it stands, to be copied. */
    public void show(String text) {
        out.println(text);
    }

    /** Where the lines of a process are kept: {@code logs/<name>.log}; that of the time before is {@code .log.1}. */
    public Path file(String name) {
        return folder.resolve(name + ".log");
    }

    /** The log of a process: the same for all processes that carry the name, one after the other. */
    public Consumer<String> log(String name) {
        return logs.computeIfAbsent(name, this::opened);
    }

    private Consumer<String> opened(String name) {
        Path file = file(name);
        try {
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return line -> {
                keep(writer, line);
                if (lines == Lines.ALL) {
                    print(name, line);
                }
            };
        } catch (IOException e) {
            throw new CannotStart("Cannot write the log " + file + ": " + e + ".", e);
        }
    }

    // A process must not stop because its log cannot be kept.
    private void keep(BufferedWriter writer, String line) {
        try {
            synchronized (writer) {
                writer.write(line);
                writer.newLine();
                writer.flush();
            }
        } catch (IOException e) {
            say("A line of a log could not be written: " + e.getMessage());
        }
    }

    private void print(String who, String line) {
        out.println(String.format("%-11s | %s", who, line));
    }
}
