package dev.millrace.api.workflows.accept;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.tasks.JsonSchemas;
import dev.millrace.api.catalog.tasks.KnownTasks;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the jobs that a graph would have made, as far as is known before it runs; a payload that refers to nothing is known. */
@Singleton
public class StepChecks {

    private final Intake intake;
    private final KnownTasks tasks;
    private final JsonSchemas schemas = new JsonSchemas();

    StepChecks(Intake intake, KnownTasks tasks) {
        this.intake = intake;
        this.tasks = tasks;
    }

    /** Everything of one type of problem, that of the first step that has one. */
    public Optional<Problem> objectionTo(Graph graph) {
        Map<ProblemType, List<Violation>> found = new LinkedHashMap<>();
        graph.nodes().forEach(node -> task(node).ifPresent(one -> check(one, found)));
        graph.nodes().forEach(node -> schema(node, found));
        graph.callbacks().forEach((callback, task) -> check(new Placed(task, "/on/" + callback.key()), found));
        return found.entrySet().stream().findFirst().map(first -> Problem.of(first.getKey(), first.getValue()));
    }

    private record Placed(Step.Task task, String pointer) {}

    private static Optional<Placed> task(Node node) {
        return switch (node.step()) {
            case Step.Task task -> Optional.of(new Placed(task, node.pointer()));
            case Step.Mapping map -> Optional.of(new Placed(map.each(), node.pointer() + "/map/each"));
            case Step.Wait wait -> Optional.empty();
            case Step.Signal signal -> Optional.empty();
            case Step.Chain chain -> Optional.empty();
            case Step.Group group -> Optional.empty();
            case Step.Dag dag -> Optional.empty();
        };
    }

    private void check(Placed step, Map<ProblemType, List<Violation>> found) {
        intake.objectionToStep(step.task().job())
                .or(() -> payload(step.task()))
                .ifPresent(problem -> found.computeIfAbsent(problem.type(), type -> new ArrayList<>())
                        .addAll(under(step.pointer(), problem)));
    }

    private void schema(Node node, Map<ProblemType, List<Violation>> found) {
        if (node.step() instanceof Step.Signal signal && signal.schema() != null && !schemas.accepts(signal.schema())) {
            found.computeIfAbsent(ProblemType.GRAPH_INVALID, type -> new ArrayList<>())
                    .add(new Violation(node.pointer() + "/schema", "This is no JSON Schema of 2020-12."));
        }
    }

    private static List<Violation> under(String pointer, Problem problem) {
        return problem.errors().isEmpty()
                ? List.of(new Violation(pointer, problem.detail()))
                : problem.errors().stream().map(error -> error.under(pointer)).toList();
    }

    private Optional<Problem> payload(Step.Task task) {
        JsonNode payload = fixed(task.payload());
        TaskName name = new TaskName(task.job().path("task").asText());
        return payload == null || tasks.find(name).isEmpty()
                ? Optional.empty()
                : intake.payload(name, payload).refusal();
    }

    private static @Nullable JsonNode fixed(@Nullable JsonNode payload) {
        try {
            return payload == null || !Template.isFixed(payload) ? null : Template.evaluate(payload, place -> null);
        } catch (MissingReference impossible) {
            throw new IllegalStateException("It refers to nothing.", impossible);
        }
    }
}
