package dev.millrace.api.workflows.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.millrace.api.catalog.tasks.JsonSchemas;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.workflows.accept.WorkflowRequest.Chosen;
import dev.millrace.api.workflows.record.Definition;
import dev.millrace.api.workflows.record.Definitions;
import dev.millrace.api.workflows.record.Definitions.Defined;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import dev.millrace.names.Names;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a request means that names a definition in place of a graph. */
@Singleton
class NamedGraphs {

    private static final List<String> OF_A_GRAPH = List.of("root", "output", "on");

    private final Definitions definitions;
    private final StepChecks steps;
    private final JsonSchemas schemas = new JsonSchemas();

    NamedGraphs(Definitions definitions, StepChecks steps) {
        this.definitions = definitions;
        this.steps = steps;
    }

    /** What is to run, once it is known to have that input and that the tasks of its steps are there. */
    Checked<Chosen> choose(String tenant, JsonNode body) {
        JsonFields fields = new JsonFields("", body, new ArrayList<>());
        OF_A_GRAPH.stream()
                .filter(fields::has)
                .forEach(name -> fields.wrong(name, "The definition has it; send either 'definition' or 'root'."));
        String name = fields.text("definition", "a name of " + Names.RULE, NamedGraphs::name);
        Integer version = fields.read("version", "a whole number from 1 to 2147483647", NamedGraphs::version);
        if (name == null || !fields.violations().isEmpty()) {
            return new Checked.Refused<>(Problem.of(ProblemType.INVALID, fields.violations()));
        }
        return definitions
                .lookup(tenant, name, version)
                .<Checked<Defined>>map(Checked.Accepted::new)
                .orElseGet(() -> new Checked.Refused<>(unknown(name, version)))
                .then(found -> checked(tenant, found, body.path("input")));
    }

    private static Problem unknown(String name, @Nullable Integer version) {
        return version == null
                ? Problem.at(ProblemType.UNKNOWN_WORKFLOW, "/definition", "There is no definition '" + name + "'.")
                : Problem.at(
                        ProblemType.UNKNOWN_WORKFLOW,
                        "/version",
                        "There is no version " + version + " of a definition '" + name + "'.");
    }

    private Checked<Chosen> checked(String tenant, Defined found, JsonNode input) {
        return Checked.unless(
                objectionTo(found.definition(), input)
                        .or(() -> steps.objectionTo(tenant, found.graph()).map(NamedGraphs::ofDefinition)),
                () -> new Chosen(found.definition().spec(), found.graph(), Optional.of(found.definition())));
    }

    private Optional<Problem> objectionTo(Definition definition, JsonNode input) {
        JsonNode schema = definition.inputSchema();
        if (schema == null) {
            return Optional.empty();
        }
        List<Violation> violations =
                schemas.validate(schema, input.isMissingNode() ? NullNode.instance : input).stream()
                        .map(violation -> violation.under("/input"))
                        .toList();
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemType.PAYLOAD_INVALID, violations));
    }

    /** What is wrong stands in the definition, at a place that the request does not have. */
    private static Problem ofDefinition(Problem problem) {
        return Problem.of(
                problem.type(),
                problem.errors().stream()
                        .map(one -> new Violation("/definition", one.pointer() + ": " + one.detail()))
                        .toList());
    }

    private static String name(String text) {
        JsonFields.require(Names.isName(text));
        return text;
    }

    private static Integer version(JsonNode value) {
        JsonFields.require(value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 1);
        return value.intValue();
    }
}
