package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.record.job.BodyHash;
import java.util.List;

/** A graph as it is kept: what was sent of it, and by what it is known. */
public record Spec(BodyHash hash, JsonNode body) {

    private static final List<String> FIELDS = List.of("root", "output", "on");

    /** Of a body that has more than the graph in it. */
    public static Spec of(JsonNode body) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        FIELDS.stream().filter(body::has).forEach(name -> spec.set(name, body.get(name)));
        return new Spec(BodyHash.of(spec), spec);
    }
}
