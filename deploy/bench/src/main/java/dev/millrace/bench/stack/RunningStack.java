package dev.millrace.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.counts.RedisCounts;
import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code ./millrace up} says in its {@code run.json}. */
public final class RunningStack {

    private RunningStack() {}

    /**
     * Reads it.
     *
     * @param api the URL of one of its apis
     * @throws CannotStart if nothing runs there, or it has no such api
     */
    public static Target read(URI api, Path home) {
        Path file = home.resolve("run.json");
        if (!Files.isReadable(file)) {
            throw new CannotStart("There is no " + file + ", by which the bench would find the stack of " + api
                    + ": set MILLRACE_HOME to the folder it was started with.");
        }
        return target(api, file, parsed(file));
    }

    private static JsonNode parsed(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new CannotStart("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static Target target(URI api, Path file, JsonNode run) {
        if (run.path("api").findValuesAsText("url").stream().noneMatch(api.toString()::equals)) {
            throw new CannotStart("The stack of " + file + " has no api at " + api + " (it has "
                    + run.path("api").findValuesAsText("url") + "): give --url one of its own.");
        }
        String redis = run.at("/redis/url").asText();
        return new Target(api, redis, processes(run), List.of(new RedisCounts(URI.create(redis))), Optional.empty());
    }

    // Its own workers do not have the tasks that are measured, and are left out.
    private static Map<String, List<Long>> processes(JsonNode run) {
        Map<String, List<Long>> processes = new LinkedHashMap<>();
        for (String role : List.of("api", "scheduler")) {
            List<Long> pids = new ArrayList<>();
            run.path(role).forEach(one -> pids.add(one.path("pid").asLong()));
            processes.put(role, pids);
        }
        for (String server : List.of("redis", "postgres")) {
            JsonNode pid = run.path(server).path("pid");
            processes.put(server, pid.isNumber() ? List.of(pid.asLong()) : List.of());
        }
        return processes;
    }
}
