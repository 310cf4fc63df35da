package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.home.Home;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Where a person reads: our own lines, and those of every process with its name before them and in a file of its own. */
public final class Terminal {

    private static final String OURS = "millrace";

    private final PrintStream out;
    private final Path folder;
    private final Map<String, Consumer<String>> logs = new ConcurrentHashMap<>();

    public Terminal(PrintStream out, Home home) {
        this.out = out;
        this.folder = home.logs();
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
                print(name, line);
                keep(writer, line);
            };
        } catch (IOException e) {
            throw new CannotStart("Cannot write the log " + file + ": " + e + ".", e);
        }
    }

    // A process must not stop because its log cannot be kept: its lines still go to the terminal.
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
