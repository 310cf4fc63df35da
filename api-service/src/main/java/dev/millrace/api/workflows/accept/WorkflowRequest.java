package dev.millrace.api.workflows.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.request.JobRequest;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.GraphReader;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.api.workflows.record.Spec;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@code POST /workflows} asks for. */
@Singleton
public class WorkflowRequest {

    private static final int MAX_INPUT_BYTES = 256 << 10;
    private static final int MAX_NAME = 128;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** What is read as it is of a job. */
    private static final List<String> LIKE_A_JOB = List.of("id", "priority", "delay", "runAt", "tags", "metadata");

    private static final Set<String> OWN = Set.of("root", "output", "on", "input", "name", "timeout");
    private static final Set<String> LATER = Set.of("definition", "version");

    private final Intake intake;
    private final StepChecks steps;

    WorkflowRequest(Intake intake, StepChecks steps) {
        this.intake = intake;
        this.steps = steps;
    }

    /** The workflow that a body asks for, or all that is wrong with it. */
    Checked<NewWorkflow> read(String tenant, @Nullable String traceParent, JsonNode body) {
        return fields(body)
                .then(checked -> GraphReader.read(body))
                .then(graph -> Checked.unless(steps.objectionTo(tenant, graph), () -> graph))
                .then(graph -> workflow(tenant, traceParent, body, graph));
    }

    private static Checked<JsonNode> fields(JsonNode body) {
        if (!body.isObject()) {
            return new Checked.Refused<>(
                    Problem.at(ProblemType.INVALID, "", "A workflow is a JSON object with 'root'."));
        }
        return refused(
                        body,
                        ProblemType.UNKNOWN_FIELD,
                        "There is no such field. Remove it, or correct its name.",
                        false)
                .or(() -> refused(
                        body,
                        ProblemType.NOT_AVAILABLE,
                        "This release knows no definitions of workflows. Send the steps as 'root'.",
                        true))
                .or(() -> tooLarge(body.path("input")))
                .<Checked<JsonNode>>map(Checked.Refused::new)
                .orElseGet(() -> new Checked.Accepted<>(body));
    }

    private static Optional<Problem> refused(JsonNode body, ProblemType type, String detail, boolean later) {
        List<Violation> found = body.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !OWN.contains(name) && !LIKE_A_JOB.contains(name) && LATER.contains(name) == later)
                .map(name -> new Violation("/" + name.replace("~", "~0").replace("/", "~1"), detail))
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(Problem.of(type, found));
    }

    private static Optional<Problem> tooLarge(JsonNode input) {
        return input.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_INPUT_BYTES
                ? Optional.empty()
                : Optional.of(Problem.at(ProblemType.TOO_LARGE, "/input", "The input has at most 256 KiB."));
    }

    private Checked<NewWorkflow> workflow(String tenant, @Nullable String traceParent, JsonNode body, Graph graph) {
        JsonFields fields = new JsonFields("", body, new ArrayList<>());
        String name = fields.text("name", "a text of 1 to 128 characters", WorkflowRequest::name);
        Duration timeout =
                fields.text("timeout", "a duration of PT0.001S to P365D such as PT1H", WorkflowRequest::timeout);
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        LIKE_A_JOB.stream().filter(body::has).forEach(field -> job.set(field, body.get(field)));
        return JobRequest.read(job.put("task", "workflow").putNull("payload"))
                .then(request -> Checked.unless(
                        fields.violations().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Problem.of(ProblemType.INVALID, fields.violations())),
                        () -> new NewWorkflow(
                                request.id().orElseGet(intake::nextId).uuid(),
                                tenant,
                                name,
                                Spec.of(body),
                                graph,
                                body.hasNonNull("input") ? body.get("input") : NullNode.instance,
                                request.priority(),
                                request.tags(),
                                request.metadata(),
                                traceParent,
                                request.due(),
                                timeout,
                                BodyHash.of(body))));
    }

    private static String name(String text) {
        JsonFields.require(!text.isEmpty() && text.length() <= MAX_NAME);
        return text;
    }

    private static Duration timeout(String text) {
        Duration given = Duration.parse(text);
        JsonFields.require(given.compareTo(Duration.ofMillis(1)) >= 0 && given.compareTo(LONGEST) <= 0);
        return given;
    }
}
