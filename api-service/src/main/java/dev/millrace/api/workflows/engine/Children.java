package dev.millrace.api.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.GraphReader;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.ChildGraphs;
import dev.millrace.api.workflows.record.ChildGraphs.Known;
import dev.millrace.api.workflows.record.NewChild;
import dev.millrace.api.workflows.record.Spec;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRow.Parent;
import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.Members.Order;
import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes workflows that are members of one, and keeps them until they are written. What they do not say of themselves, that one does. */
final class Children {

    /** Under what a member is listed that could not become a workflow. */
    static final String TASK = "workflow";

    private final Tx tx;
    private final Intake intake;
    private final ChildGraphs graphs;
    private final WorkflowRow around;
    private final List<NewChild> made = new ArrayList<>();
    private final Map<Step.Child, Plan> plans = new HashMap<>();

    /** What all members of a node have in common. */
    private record Plan(Spec spec, Graph graph, ChildOptions options) {}

    Children(Tx tx, Intake intake, ChildGraphs graphs, WorkflowRow around) {
        this.tx = tx;
        this.intake = intake;
        this.graphs = graphs;
        this.around = around;
    }

    List<NewChild> made() {
        return made;
    }

    /** Returns why it could not be made; null if it was. */
    @Nullable
    Failure make(Order order, String node, Step.Child child, JsonNode input) {
        if (around.depth() >= GraphReader.MAX_ABOVE) {
            return new Failure(
                    "TooDeep", "Workflows stand at most %d deep in others.".formatted(GraphReader.MAX_ABOVE));
        }
        Optional<Plan> plan = plan(child);
        plan.ifPresent(one -> made.add(child(one, order, node, input, child.retry(), null)));
        return plan.isPresent()
                ? null
                : new Failure("UnknownWorkflow", "There is no workflow '%s'.".formatted(child.definition()));
    }

    /**
     * In the place of a job whose task has returned a graph. One that cannot run is a member too, which has failed; returns whether it can.
     *
     * @param body as a start takes it, without times and an id
     */
    boolean graft(Order order, String node, JsonNode body) {
        ObjectNode step = JsonNodeFactory.instance.objectNode();
        step.putObject("root").set("workflow", body);
        return switch (GraphReader.read(step).then(graph -> checked(graph.root()))) {
            case Checked.Accepted<Step.Child>(Step.Child child) -> {
                JsonNode input = child.json().has("input") ? child.json().get("input") : NullNode.instance;
                Failure failure = make(order, node, child, input);
                if (failure != null) {
                    fail(order, node, failure);
                }
                yield failure == null;
            }
            case Checked.Refused<Step.Child>(Problem problem) -> {
                String where = problem.errors().isEmpty()
                        ? String.valueOf(problem.detail())
                        : problem.errors().getFirst().pointer() + ": "
                                + problem.errors().getFirst().detail();
                fail(order, node, new Failure("GraftInvalid", where));
                yield false;
            }
        };
    }

    private static Checked<Step.Child> checked(Node root) {
        if (root.step() instanceof Step.Child child) {
            return ChildOptions.read(child.json()).then(options -> new Checked.Accepted<>(child));
        }
        throw new IllegalStateException("It was read as one.");
    }

    private void fail(Order order, String node, Failure failure) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("root").putArray("group");
        Plan nothing = new Plan(Spec.of(body), GraphReader.kept(body), new ChildOptions(null, null, null, null, null));
        made.add(child(nothing, order, node, NullNode.instance, null, failure));
    }

    private Optional<Plan> plan(Step.Child child) {
        Plan known = plans.get(child);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Plan> found = child.definition() == null
                ? Optional.of(new Plan(
                        Spec.of(child.json()),
                        Objects.requireNonNull(child.graph(), "It stands in the step."),
                        ChildOptions.read(child.json()).orThrow()))
                : graphs.named(tx, around.tenant(), child.definition()).map(Children::plan);
        found.ifPresent(plan -> plans.put(child, plan));
        return found;
    }

    private static Plan plan(Known known) {
        List<String> tags = known.tags().isEmpty() ? null : known.tags();
        return new Plan(
                known.spec(),
                known.graph(),
                new ChildOptions(known.name(), known.timeout(), known.priority(), tags, null));
    }

    private NewChild child(
            Plan plan, Order order, String node, JsonNode input, @Nullable JsonNode retry, @Nullable Failure failure) {
        ChildOptions own = plan.options();
        return new NewChild(
                intake.nextId().uuid(),
                around.tenant(),
                own.name(),
                plan.spec(),
                plan.graph(),
                input,
                order.borrowed(),
                own.priority() == null ? around.priority() : own.priority(),
                own.tags() == null ? around.tags() : own.tags(),
                own.metadata() == null ? around.metadata() : own.metadata(),
                around.traceParent(),
                own.timeout(),
                retry == null ? null : retry.toString(),
                new Parent(
                        around.id(), order.node(), node, order.run(), order.index(), around.root(), around.depth() + 1),
                failure);
    }
}
