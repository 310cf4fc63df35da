package dev.millrace.local.home;

import dev.millrace.embedded.CommandLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The file that names a launcher and every process that it has started, so that what a killed one left is found. Safe for
 * use by several threads.
 */
public final class Ledger {

    private static final String FILE = "processes";

    /**
     * A process of ours.
     *
     * @param program that it runs: {@code java}, a native executable's name, {@code redis-server}, {@code postgres}, {@code initdb}
     */
    public record Entry(long pid, String program, String name) {

        private String line() {
            return pid + " " + program + " " + name;
        }

        private static Optional<Entry> read(String line) {
            String[] words = line.split(" ", 3);
            boolean whole = words.length == 3 && words[0].matches("\\d{1,18}");
            return whole ? Optional.of(new Entry(Long.parseLong(words[0]), words[1], words[2])) : Optional.empty();
        }
    }

    private final Home home;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    public Ledger(Home home) {
        this.home = home;
    }

    public synchronized void add(Entry entry) {
        entries.put(entry.pid(), entry);
        write();
    }

    public synchronized void remove(long pid) {
        entries.remove(pid);
        write();
    }

    /**
     * The processes of the launcher that wrote here last that still run.
     *
     * <p>A number alone proves nothing, it may have been given to another process since: the command line must name the
     * program and this home.
     */
    public List<Entry> running() {
        return running(lines());
    }

    /** The same, but none if that launcher is not the one with this process id. */
    public List<Entry> runningOf(long launcher) {
        List<String> lines = lines();
        return lines.contains(ofLauncher(launcher)) ? running(lines) : List.of();
    }

    private List<Entry> running(List<String> lines) {
        return lines.stream()
                .map(Entry::read)
                .flatMap(Optional::stream)
                .filter(this::isOurs)
                .toList();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ofLauncher(long pid) {
        return "launcher " + pid;
    }

    private boolean isOurs(Entry entry) {
        String line = CommandLines.of(entry.pid());
        return line.contains(entry.program()) && line.contains(home.folder().toString());
    }

    private void write() {
        String first = ofLauncher(ProcessHandle.current().pid()) + "\n";
        String lines = entries.values().stream().map(Entry::line).collect(Collectors.joining("\n", first, "\n"));
        try {
            home.replace(FILE, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return home.folder().resolve(FILE);
    }
}
