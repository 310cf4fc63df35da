package dev.millrace.api.workflows.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.workflows.query.RedactedSteps;
import dev.millrace.api.workflows.record.Definition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions as clients see them. Every field is always there, null where it does not apply. */
final class DefinitionDocument {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DefinitionDocument() {}

    /** The whole of it, as it could be put again, but for what the caller is not shown. */
    static ObjectNode of(Definition definition, Redaction redaction) {
        ObjectNode document = head(definition);
        JsonNode spec = RedactedSteps.of(definition.spec().body(), redaction);
        for (String field : List.of("root", "output", "on")) {
            document.set(field, spec.hasNonNull(field) ? spec.get(field) : NODES.nullNode());
        }
        return document;
    }

    /** A page of definitions, without their graphs. */
    static ObjectNode list(List<Definition> page, @Nullable String nextCursor) {
        ObjectNode list = NODES.objectNode();
        page.stream().map(DefinitionDocument::head).forEach(list.putArray("items")::add);
        return list.put("nextCursor", nextCursor);
    }

    private static ObjectNode head(Definition definition) {
        ObjectNode document = NODES.objectNode()
                .put("name", definition.name())
                .put("version", definition.version())
                .put("current", definition.current())
                .put("source", definition.isOfCode() ? "code" : "api")
                .put("description", definition.description());
        JsonNode schema = definition.inputSchema();
        document.set("inputSchema", schema == null ? NODES.nullNode() : schema);
        document.put(
                "timeout",
                definition.timeout() == null ? null : definition.timeout().toString());
        document.put("priority", definition.priority());
        definition.tags().forEach(document.putArray("tags")::add);
        return document.put("createdAt", definition.createdAt().toString());
    }
}
