package dev.millrace.api.workflows.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.catalog.tasks.JsonSchemas;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.accept.StepChecks;
import dev.millrace.api.workflows.accept.WorkflowRequest;
import dev.millrace.api.workflows.accept.WorkflowRequest.Inherited;
import dev.millrace.api.workflows.graph.GraphReader;
import dev.millrace.api.workflows.record.NewDefinition;
import dev.millrace.api.workflows.record.Spec;
import dev.millrace.json.JsonFields;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@code PUT /workflow-definitions/{name}} is sent. */
@Singleton
public class DefinitionRequest {

    private static final int MAX_DESCRIPTION = 1024;

    private static final Set<String> FIELDS =
            Set.of("description", "inputSchema", "root", "output", "on", "timeout", "priority", "tags");

    private final StepChecks steps;
    private final JsonSchemas schemas = new JsonSchemas();

    DefinitionRequest(StepChecks steps) {
        this.steps = steps;
    }

    /** The definition in a body, or all that is wrong with it. A field that is null counts as left out. */
    Checked<NewDefinition> read(String tenant, JsonNode body) {
        JsonFields fields = Bodies.fields(withoutNulls(body), "A definition", FIELDS);
        return GraphReader.read(fields.object())
                .then(graph -> Checked.unless(steps.objectionTo(tenant, graph), () -> fields))
                .then(this::definition);
    }

    /**
     * What a worker declares. Whether there are its tasks is asked when it is started: its worker may tell of them later.
     *
     * @param flow a JSON object with the fields of a definition but the description and the schema
     */
    Checked<NewDefinition> declared(String description, ObjectNode flow) {
        JsonFields fields = Bodies.fields(flow.deepCopy().put("description", description), "A definition", FIELDS);
        return GraphReader.read(fields.object()).then(graph -> definition(fields));
    }

    private static JsonNode withoutNulls(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            return body;
        }
        ObjectNode without = object.objectNode();
        object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> without.set(field.getKey(), field.getValue()));
        return without;
    }

    private Checked<NewDefinition> definition(JsonFields fields) {
        String description =
                fields.text("description", "a text of at most 1,024 characters", DefinitionRequest::description);
        JsonNode schema = fields.read("inputSchema", "a JSON Schema of 2020-12", this::schema);
        return WorkflowRequest.inherited(fields)
                .then(inherited -> Checked.unless(
                        fields.violations().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Problem.of(ProblemType.INVALID, fields.violations())),
                        () -> definition(fields.object(), description, schema, inherited)));
    }

    private static NewDefinition definition(
            JsonNode body, @Nullable String description, @Nullable JsonNode schema, Inherited inherited) {
        return new NewDefinition(
                Spec.of(body),
                description == null ? "" : description,
                schema,
                inherited.timeout(),
                inherited.priority(),
                inherited.tags(),
                BodyHash.of(body));
    }

    private static String description(String text) {
        JsonFields.require(text.length() <= MAX_DESCRIPTION && text.indexOf('\0') < 0);
        return text;
    }

    private JsonNode schema(JsonNode schema) {
        JsonFields.require(schemas.accepts(schema));
        return schema;
    }
}
