package dev.millrace.sensitive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schemas that may speak of one value: those that stand at its place, and what they refer to or combine. A
 * reference that leads nowhere in the schema counts as a mark, since nobody knows what it would say.
 */
final class ApplicableSchemas {

    private static final List<String> COMBINED = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> NESTED = List.of("not", "if", "then", "else");
    private static final List<String> OTHER_FIELDS = List.of("additionalProperties", "unevaluatedProperties");
    private static final List<String> ALL_ITEMS = List.of("items", "contains", "unevaluatedItems", "additionalItems");
    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef");

    private final JsonNode root;
    private final Set<JsonNode> schemas = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean lost;

    private ApplicableSchemas(JsonNode root, Stream<JsonNode> atPlace) {
        this.root = root;
        atPlace.forEach(this::add);
    }

    /** Those that speak of the whole value. */
    static ApplicableSchemas of(JsonNode root) {
        return new ApplicableSchemas(root, Stream.of(root));
    }

    /** Whether one of them marks the value. */
    boolean mark() {
        return lost
                || schemas.stream()
                        .anyMatch(schema -> schema.path(SensitiveFields.KEYWORD).asBoolean());
    }

    /** Which names a pattern fits is not looked at: it may be any. */
    ApplicableSchemas ofField(String name) {
        return below(schema -> {
            List<JsonNode> found = new ArrayList<>();
            JsonNode own = schema.path("properties").path(name);
            if (own.isMissingNode()) {
                OTHER_FIELDS.forEach(keyword -> found.add(schema.path(keyword)));
            } else {
                found.add(own);
            }
            schema.path("patternProperties").forEach(found::add);
            return found;
        });
    }

    ApplicableSchemas ofItem(int index) {
        return below(schema -> {
            List<JsonNode> found = new ArrayList<>();
            found.add(schema.path("prefixItems").path(index));
            ALL_ITEMS.forEach(keyword -> found.add(schema.path(keyword)));
            return found;
        });
    }

    private interface Step {
        List<JsonNode> from(JsonNode schema);
    }

    private ApplicableSchemas below(Step step) {
        return new ApplicableSchemas(root, schemas.stream().flatMap(schema -> step.from(schema).stream()));
    }

    private void add(JsonNode schema) {
        if (!schema.isObject() || !schemas.add(schema)) {
            return;
        }
        COMBINED.forEach(keyword -> schema.path(keyword).forEach(this::add));
        NESTED.forEach(keyword -> add(schema.path(keyword)));
        schema.path("dependentSchemas").forEach(this::add);
        REFERENCES.forEach(keyword -> follow(schema.path(keyword)));
    }

    private void follow(JsonNode reference) {
        if (reference.isMissingNode()) {
            return;
        }
        JsonNode target = target(reference.asText());
        lost |= target.isMissingNode();
        add(target);
    }

    private JsonNode target(String reference) {
        boolean pointer = reference.equals("#") || reference.startsWith("#/");
        return pointer ? root.at(reference.substring(1)) : MissingNode.getInstance();
    }
}
