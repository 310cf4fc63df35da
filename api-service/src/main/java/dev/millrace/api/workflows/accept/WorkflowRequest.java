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
import dev.millrace.api.workflows.record.Definition;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.api.workflows.record.Spec;
import dev.millrace.json.JsonFields;
import dev.millrace.json.Violation;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what {@code POST /workflows} asks for. */
@Singleton
public class WorkflowRequest {

    private static final int MAX_INPUT_BYTES = 256 << 10;
    private static final int MAX_NAME = 128;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** What is read as it is of a job. */
    private static final List<String> LIKE_A_JOB = List.of("id", "priority", "delay", "runAt", "tags", "metadata");

    /** What differs from fire to fire. */
    private static final List<String> OF_A_FIRE = List.of("id", "delay", "runAt");

    private static final Set<String> OWN =
            Set.of("root", "output", "on", "definition", "version", "input", "name", "timeout");

    private final Intake intake;
    private final StepChecks steps;
    private final NamedGraphs named;

    WorkflowRequest(Intake intake, StepChecks steps, NamedGraphs named) {
        this.intake = intake;
        this.steps = steps;
        this.named = named;
    }

    /** What workflows have that name none of their own. */
    public record Inherited(
            @Nullable Duration timeout, @Nullable Integer priority, List<String> tags) {}

    /** What is to run: a graph of the request's own, or one that has a name. */
    record Chosen(Spec spec, Graph graph, Optional<Definition> definition) {}

    /** The workflow that a body asks for, or all that is wrong with it. */
    Checked<NewWorkflow> read(String tenant, @Nullable String traceParent, JsonNode body) {
        return fields(body)
                .then(checked -> body.hasNonNull("definition") ? named.choose(tenant, body) : own(tenant, body))
                .then(chosen -> workflow(tenant, traceParent, body, chosen));
    }

    /**
     * The workflow that a schedule asks for.
     *
     * @param id of the fire
     * @param traceParent of whoever had the schedule fire; null if nobody did
     * @param body as {@code POST /workflows} takes it, without an id and times of its own
     */
    public Checked<NewWorkflow> ofSchedule(ScheduleKey schedule, UUID id, @Nullable String traceParent, JsonNode body) {
        List<Violation> own = OF_A_FIRE.stream()
                .filter(body::hasNonNull)
                .map(name -> new Violation(
                        "/" + name,
                        "A schedule's workflow has no '%s': each of its fires has its own.".formatted(name)))
                .toList();
        return Checked.unless(
                        own.isEmpty() ? Optional.empty() : Optional.of(Problem.of(ProblemType.INVALID, own)),
                        () -> body)
                .then(checked -> read(schedule.tenant(), traceParent, checked))
                .then(workflow -> new Checked.Accepted<>(workflow.firedBy(schedule.id(), id, hash(schedule, body))));
    }

    /** No client's request reads so, and none can take the place of a fire. */
    private static BodyHash hash(ScheduleKey schedule, JsonNode body) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        return BodyHash.of(whole.put("schedule", schedule.toString()).set("workflow", body));
    }

    private Checked<Chosen> own(String tenant, JsonNode body) {
        if (body.hasNonNull("version")) {
            return new Checked.Refused<>(Problem.at(
                    ProblemType.INVALID, "/version", "It is the version of a 'definition', which is missing."));
        }
        return GraphReader.read(body)
                .then(graph -> Checked.unless(
                        steps.objectionTo(tenant, graph), () -> new Chosen(Spec.of(body), graph, Optional.empty())));
    }

    /** The time, priority and tags in a body that has more; what is wrong with the time is noted there, with the others returned. */
    public static Checked<Inherited> inherited(JsonFields fields) {
        Duration timeout =
                fields.text("timeout", "a duration of PT0.001S to P365D such as PT1H", WorkflowRequest::timeout);
        return job(fields.object(), List.of("priority", "tags"))
                .then(job -> new Checked.Accepted<>(new Inherited(timeout, job.priority(), job.tags())));
    }

    private static Checked<JobRequest> job(JsonNode body, List<String> names) {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        names.stream().filter(body::has).forEach(field -> job.set(field, body.get(field)));
        return JobRequest.read(job.put("task", "workflow").putNull("payload"));
    }

    private static Checked<JsonNode> fields(JsonNode body) {
        if (!body.isObject()) {
            return new Checked.Refused<>(
                    Problem.at(ProblemType.INVALID, "", "A workflow is a JSON object with 'root' or 'definition'."));
        }
        return unknownFields(body)
                .or(() -> tooLarge(body.path("input")))
                .<Checked<JsonNode>>map(Checked.Refused::new)
                .orElseGet(() -> new Checked.Accepted<>(body));
    }

    private static Optional<Problem> unknownFields(JsonNode body) {
        JsonFields fields = new JsonFields("", body, new ArrayList<>());
        Set<String> known = Stream.concat(OWN.stream(), LIKE_A_JOB.stream()).collect(Collectors.toSet());
        return fields.refuseOthers(known)
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemType.UNKNOWN_FIELD, fields.violations()));
    }

    private static Optional<Problem> tooLarge(JsonNode input) {
        return input.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_INPUT_BYTES
                ? Optional.empty()
                : Optional.of(Problem.at(ProblemType.TOO_LARGE, "/input", "The input has at most 256 KiB."));
    }

    private Checked<NewWorkflow> workflow(String tenant, @Nullable String traceParent, JsonNode body, Chosen chosen) {
        JsonFields fields = new JsonFields("", body, new ArrayList<>());
        String name = fields.text("name", "a text of 1 to 128 characters", WorkflowRequest::name);
        return inherited(fields)
                .then(inherited -> job(body, LIKE_A_JOB)
                        .then(request -> Checked.unless(
                                fields.violations().isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(Problem.of(ProblemType.INVALID, fields.violations())),
                                () -> workflow(tenant, traceParent, body, name, chosen, inherited, request))));
    }

    private NewWorkflow workflow(
            String tenant,
            @Nullable String traceParent,
            JsonNode body,
            @Nullable String name,
            Chosen chosen,
            Inherited own,
            JobRequest request) {
        Optional<Definition> definition = chosen.definition();
        return new NewWorkflow(
                request.id().orElseGet(intake::nextId).uuid(),
                tenant,
                name == null ? definition.map(Definition::name).orElse(null) : name,
                definition.map(Definition::ref).orElse(null),
                null,
                chosen.spec(),
                chosen.graph(),
                body.hasNonNull("input") ? body.get("input") : NullNode.instance,
                own.priority() == null ? definition.map(Definition::priority).orElse(null) : own.priority(),
                body.hasNonNull("tags")
                        ? own.tags()
                        : definition.map(Definition::tags).orElse(own.tags()),
                request.metadata(),
                traceParent,
                request.due(),
                own.timeout() == null ? definition.map(Definition::timeout).orElse(null) : own.timeout(),
                BodyHash.of(body));
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
