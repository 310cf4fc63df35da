package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import dev.millrace.sensitive.SensitiveFields;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Validates payloads by JSON Schema 2020-12. A schema is compiled when it is first needed and again when it has changed; nothing
 * outside a schema is ever loaded for it. Formats are asserted, besides those of JSON Schema {@code mailbox} and
 * {@code http-url}; so are the bounds {@code formatMinimum} and {@code formatMaximum} of durations. Safe for use by several
 * threads.
 */
final class PayloadSchemas {

    static final int MAX_VIOLATIONS = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            dialect(),
            builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .pathType(PathType.JSON_POINTER)
                            .build()));
    private final Map<TaskName, Compiled> byTask = new ConcurrentHashMap<>();

    private record Compiled(JsonNode source, Schema schema) {}

    /** At most {@value #MAX_VIOLATIONS}; none if the payload fits. */
    List<Violation> validate(TaskInfo task, JsonNode payload) {
        return validate(compiled(task).schema(), payload);
    }

    /** As {@link #validate(TaskInfo, JsonNode)}, by a schema that is compiled for this once. */
    List<Violation> validate(JsonNode schema, JsonNode value) {
        return validate(registry.getSchema(schema), value);
    }

    private static List<Violation> validate(Schema schema, JsonNode value) {
        return schema.validate(value).stream()
                .filter(error -> !refusesNullOnly(error) && !isOfAnAlternative(error))
                .map(PayloadSchemas::violation)
                .distinct()
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    /** Whether a text is a schema that payloads can be held against. */
    boolean accepts(String text) {
        try {
            JsonNode schema = JSON.readTree(text);
            if (!schema.isObject() && !schema.isBoolean()) {
                return false;
            }
            registry.getSchema(schema).initializeValidators();
            return true;
        } catch (JsonProcessingException | RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private Compiled compiled(TaskInfo task) {
        Compiled known = byTask.get(task.name());
        if (known != null && known.source().equals(task.payloadSchema())) {
            return known;
        }
        Compiled fresh = new Compiled(task.payloadSchema(), registry.getSchema(task.payloadSchema()));
        byTask.put(task.name(), fresh);
        return fresh;
    }

    private static Dialect dialect() {
        return Dialect.builder(Dialects.getDraft202012())
                .format(new DurationText())
                .format(new MailboxText())
                .format(new HttpUrlText())
                .keyword(DurationBound.minimum())
                .keyword(DurationBound.maximum())
                .keyword(new NonValidationKeyword(SensitiveFields.KEYWORD))
                .build();
    }

    /** That an optional value is not null either says nothing beside what is wrong with it. */
    private static boolean refusesNullOnly(Error error) {
        return error.getKeyword().equals("type")
                && error.getSchemaNode().asText().equals("null")
                && error.getEvaluationPath().toString().contains("/anyOf/");
    }

    /** Why each single alternative does not hold says nothing beside that not exactly one does. */
    private static boolean isOfAnAlternative(Error error) {
        return error.getEvaluationPath().toString().contains("/oneOf/");
    }

    private static Violation violation(Error error) {
        return new Violation(error.getInstanceLocation().toString(), BrokenRule.sentence(error));
    }
}
