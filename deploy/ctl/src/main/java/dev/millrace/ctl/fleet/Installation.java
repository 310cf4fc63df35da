package dev.millrace.ctl.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What an api tells of the installation that it belongs to. Each question is a call. */
final class Installation {

    private final Server server;

    Installation(Server server) {
        this.server = server;
    }

    /** Its name and version. */
    Answer root() {
        return server.send(Call.getFromRoot("/").header("Accept", "application/json"));
    }

    /** Whether the api takes requests: {@code status} and {@code checks}. */
    JsonNode readiness() {
        return server.look(Call.getFromRoot("/q/health/ready")).json();
    }

    /** What the server finds when it looks at all that belongs to it; empty if it does not look. */
    Optional<JsonNode> diagnosis() {
        return server.ask(Call.get("/diagnostics"));
    }

    /** Jobs by state. */
    JsonNode counts() {
        return server.send(Call.get("/jobs/counts")).json();
    }

    /** Jobs of a task by state. */
    JsonNode countsOf(String task) {
        return server.send(Call.get("/jobs/counts").query("task", task)).json();
    }

    /** Tasks that workers ever offered. */
    List<JsonNode> tasks() {
        return server.pages(Call.get("/tasks"), Integer.MAX_VALUE).items();
    }

    /** Queues; empty if the api does not list them. */
    Optional<List<JsonNode>> queues() {
        return server.askAll(Call.get("/queues"));
    }

    /** Workers that live: as the api lists them, or, if it lists none, what tasks say of them, which is their ids. */
    List<JsonNode> workers() {
        return server.askAll(Call.get("/workers")).orElseGet(this::offering);
    }

    /** Whether jobs failed for good that nobody has looked after. */
    boolean hasDeadLetters() {
        return !server.pages(Call.get("/dead-letters"), 1).items().isEmpty();
    }

    private List<JsonNode> offering() {
        TreeSet<String> ids = new TreeSet<>();
        tasks().forEach(task -> task.path("workers").forEach(id -> ids.add(id.asText())));
        List<JsonNode> workers = new ArrayList<>();
        ids.forEach(id -> workers.add(Json.object().put("id", id).put("state", "running")));
        return workers;
    }

    /** Some items as a field of a document. */
    static void set(ObjectNode document, String name, List<JsonNode> items) {
        ArrayNode array = document.putArray(name);
        items.forEach(array::add);
    }
}
