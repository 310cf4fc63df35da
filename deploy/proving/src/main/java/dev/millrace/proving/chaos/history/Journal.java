package dev.millrace.proving.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file in which the workers' tasks wrote down their runs. */
public record Journal(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Key(String job, long token, long worker) {}

    /**
     * All runs, in the order in which they started; none if no task ever ran. Lines are read one by one: a scenario of many
     * minutes writes more of them than memory holds as JSON.
     *
     * @throws UncheckedIOException if a line is none that a task writes
     */
    public List<Execution> executions() {
        if (!Files.exists(file)) {
            return List.of();
        }
        Map<Key, Execution> executions = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(JSON.readTree(line), executions);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The journal " + file + " cannot be read", e);
        }
        return executions.values().stream()
                .sorted(Comparator.comparingLong(Execution::startedAt))
                .toList();
    }

    private static void add(JsonNode line, Map<Key, Execution> executions) {
        Execution one = started(line);
        Key key = new Key(one.job(), one.token(), one.worker());
        if (line.path("kind").asText().equals("start")) {
            executions.put(key, one);
        } else {
            executions.computeIfPresent(key, (same, started) -> stopped(started, one.startedAt()));
        }
    }

    private static Execution started(JsonNode line) {
        return new Execution(
                line.path("job").asText(),
                line.path("attempt").asInt(),
                packed(line.path("token").asText()),
                line.path("worker").asLong(),
                line.path("at").asLong(),
                Execution.NEVER);
    }

    private static Execution stopped(Execution started, long at) {
        return new Execution(
                started.job(), started.attempt(), started.token(), started.worker(), started.startedAt(), at);
    }

    private static long packed(String token) {
        String[] parts = token.split("\\.", -1);
        return Long.parseLong(parts[0]) << 48 | Long.parseLong(parts[1]) << 16 | Long.parseLong(parts[2]);
    }
}
