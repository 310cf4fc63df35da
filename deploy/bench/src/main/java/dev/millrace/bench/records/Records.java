package dev.millrace.bench.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the folder in which the workers of one measurement record. */
public record Records(Path folder) {

    /** The calls of all workers together; empty before the first. */
    public Optional<Calls> calls() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "count.*")) {
            List<Calls> all = new ArrayList<>();
            for (Path file : files) {
                Calls.read(Files.readString(file)).ifPresent(all::add);
            }
            return all.stream().reduce(Calls::and);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many calls there were. */
    public long count() {
        return calls().map(Calls::count).orElse(0L);
    }

    /** When each numbered job was called first, in nanoseconds since 1970. */
    public Map<Long, Long> stamps() {
        Map<Long, Long> stamps = new HashMap<>();
        for (String line : lines("stamp.log")) {
            String[] words = line.split(" ", -1);
            if (words.length == 2) {
                stamps.merge(Long.parseLong(words[0]), Long.parseLong(words[1]), Math::min);
            }
        }
        return stamps;
    }

    private List<String> lines(String file) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
