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
import java.util.stream.Stream;

/**
 * The file that names every process this launcher has started, so that the next one finds what a killed one left. Safe
 * for use by several threads.
 */
public final class Ledger {

    private static final String FILE = "processes";

    /**
     * A process of ours.
     *
     * @param program that it runs: {@code java}, {@code redis-server}, {@code postgres}, {@code initdb}
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
     * The processes of an earlier launcher that still run.
     *
     * <p>A number alone proves nothing, it may have been given to another process since: the command line must name the
     * program and this home.
     */
    public List<Entry> leftovers() {
        try (Stream<String> lines = Files.lines(file())) {
            return lines.map(Entry::read)
                    .flatMap(Optional::stream)
                    .filter(this::isOurs)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(Entry entry) {
        String line = CommandLines.of(entry.pid());
        return line.contains(entry.program()) && line.contains(home.folder().toString());
    }

    private void write() {
        String lines = entries.values().stream().map(Entry::line).collect(Collectors.joining("\n", "", "\n"));
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
