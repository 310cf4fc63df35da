package dev.millrace.scheduler.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.job.TaskName;
import java.util.List;

/**
 * Writes what the configuration says of a job as {@code POST /jobs} takes it. Only its form is looked at: which tasks and
 * queues there are, the api knows, and says at each fire.
 */
final class DeclaredJob {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeclaredJob() {}

    static String of(String prefix, DeclaredConfig.Entry entry) {
        ObjectNode job = JSON.createObjectNode();
        job.put("task", task(prefix, entry));
        entry.payload().ifPresent(text -> job.set("payload", json(prefix + ".payload", text)));
        entry.queue().ifPresent(queue -> job.put("queue", queue));
        entry.priority().ifPresent(priority -> job.put("priority", priority));
        entry.tags().ifPresent(tags -> tags(job.putArray("tags"), tags));
        entry.job().ifPresent(text -> add(prefix + ".job", job, json(prefix + ".job", text)));
        return job.toString();
    }

    private static String task(String prefix, DeclaredConfig.Entry entry) {
        String name = entry.task().orElseThrow(() -> wrong(prefix + ".task", "It is missing; it says what runs."));
        try {
            return new TaskName(name).toString();
        } catch (IllegalArgumentException malformed) {
            throw wrong(prefix + ".task", String.valueOf(malformed.getMessage()));
        }
    }

    private static void tags(ArrayNode array, List<String> tags) {
        tags.forEach(array::add);
    }

    private static void add(String key, ObjectNode job, JsonNode further) {
        if (!(further instanceof ObjectNode fields)) {
            throw wrong(key, "It is to be a JSON object.");
        }
        fields.properties().forEach(field -> {
            if (job.has(field.getKey())) {
                throw wrong(key, "Its field '" + field.getKey() + "' has a key of its own.");
            }
            job.set(field.getKey(), field.getValue());
        });
    }

    private static JsonNode json(String key, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw wrong(key, "It is no JSON: " + malformed.getOriginalMessage());
        }
    }

    private static IllegalArgumentException wrong(String key, String detail) {
        return new IllegalArgumentException(key + ": " + detail);
    }
}
