package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.json.Violation;
import java.util.List;

/** Validates against schemas that clients bring, by the same rules as payloads of tasks. Safe for use by several threads. */
public final class JsonSchemas {

    private final PayloadSchemas schemas = new PayloadSchemas();

    /** Whether it is a schema that values can be held against. */
    public boolean accepts(JsonNode schema) {
        return schemas.accepts(schema.toString());
    }

    /** How the value does not fit: at most 20 violations, none if it fits. */
    public List<Violation> validate(JsonNode schema, JsonNode value) {
        return schemas.validate(schema, value);
    }
}
