package dev.millrace.api.workflows.accept;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.tasks.JsonSchemas;
import dev.millrace.api.catalog.tasks.KnownTasks;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.workflows.engine.ChildOptions;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import dev.millrace.api.workflows.record.ChildGraphs;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the jobs that a graph would have made, as far as is known before it runs; a payload that refers to nothing is known. */
@Singleton
public class StepChecks {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Intake intake;
    private final KnownTasks tasks;
    private final ChildGraphs graphs;
    private final Db db;
    private final JsonSchemas schemas = new JsonSchemas();

    StepChecks(Intake intake, KnownTasks tasks, ChildGraphs graphs, Db db) {
        this.graphs = graphs;
        this.db = db;
        this.intake = intake;
        this.tasks = tasks;
    }

    /** Everything of one type of problem, that of the first step that has one. */
    public Optional<Problem> objectionTo(String tenant, Graph graph) {
        Map<ProblemType, List<Violation>> found = new LinkedHashMap<>();
        check(tenant, graph, found);
        return found.entrySet().stream().findFirst().map(first -> Problem.of(first.getKey(), first.getValue()));
    }

    private record Placed(Step.Task task, String pointer) {}

    private void check(String tenant, Graph graph, Map<ProblemType, List<Violation>> found) {
        for (Node node : graph.nodes()) {
            String pointer = node.pointer() + (node.step() instanceof Step.Mapping ? "/map/each" : "");
            switch (node.step().body()) {
                case Step.Task task -> check(new Placed(task, pointer), found);
                case Step.Child child -> check(tenant, child, pointer, found);
                case null -> {}
            }
            if (node.step() instanceof Step.Mapping map && map.pages() != null) {
                check(new Placed(map.pages(), node.pointer() + "/map/items/pages"), found);
            }
            if (node.compensate() != null) {
                check(new Placed(node.compensate(), node.pointer() + "/compensate"), found);
            }
        }
        graph.nodes().forEach(node -> schema(node, found));
        graph.callbacks()
                .forEach((callback, task) -> check(new Placed(task, graph.pointer() + "/on/" + callback.key()), found));
    }

    private void check(String tenant, Step.Child child, String pointer, Map<ProblemType, List<Violation>> found) {
        String name = child.definition();
        if (name != null
                && db.session(LIMIT, tx -> graphs.named(tx, tenant, name)).isEmpty()) {
            found.computeIfAbsent(ProblemType.UNKNOWN_WORKFLOW, type -> new ArrayList<>())
                    .add(new Violation(pointer + "/workflow", "There is no workflow of this name and version."));
        }
        ChildOptions.read(child.json())
                .refusal()
                .ifPresent(problem -> found.computeIfAbsent(problem.type(), type -> new ArrayList<>())
                        .addAll(under(pointer + "/workflow", problem)));
        if (child.graph() != null) {
            check(tenant, child.graph(), found);
        }
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
