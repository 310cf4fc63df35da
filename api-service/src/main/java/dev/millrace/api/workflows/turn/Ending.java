package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Callback;
import dev.millrace.api.workflows.graph.FailureRule.Kind;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a workflow ends: its outcome, its output, and whom it has told. For one turn. */
public final class Ending {

    /** Less the number of a node, that of what undoes it. */
    public static final int UNDO = -1_000;

    private final Flow flow;
    private final View view;
    private final Leaves leaves;
    private final Members members;
    private final Instant now;
    private final boolean failedBefore;

    Ending(Flow flow, View view, Leaves leaves, Members members, Instant now) {
        this.flow = flow;
        this.view = view;
        this.leaves = leaves;
        this.members = members;
        this.now = now;
        this.failedBefore = anyFailed();
    }

    private boolean anyFailed() {
        return flow.nodes.stream().anyMatch(status -> status.state == NodeState.FAILED || status.failed > 0);
    }

    /** The first time only. */
    void tellOfFirstFailure() {
        if (!failedBefore && anyFailed()) {
            callBack(Callback.FIRST_FAILURE, outcome(flow.state));
        }
    }

    /** Ends it if its root has settled; else says whether all that is open in it waits. */
    void end() {
        if (flow.attempt.waits()) {
            return;
        }
        NodeStatus root = flow.status(0);
        if (!root.state.settled()) {
            boolean waits = flow.nodes.stream().anyMatch(status -> status.state == NodeState.WAITING);
            if (!flow.stopping()) {
                flow.become(waits && !leaves.anyRuns() ? WorkflowState.WAITING : WorkflowState.RUNNING);
            }
            return;
        }
        WorkflowState outcome = outcomeOf(root);
        if (outcome == WorkflowState.SUCCEEDED || outcome == WorkflowState.PARTIAL) {
            outcome = withOutput(outcome);
        } else if (flow.error == null && root.errorType != null) {
            flow.error = root.error();
        }
        if (outcome == WorkflowState.FAILED || outcome == WorkflowState.TIMED_OUT) {
            flow.attempt = flow.attempt.failed(flow.id, now);
            if (flow.attempt.waits()) {
                flow.become(WorkflowState.WAITING);
                return;
            }
        }
        boolean undoes = flow.state == WorkflowState.COMPENSATING
                || outcome == WorkflowState.FAILED
                || (outcome == WorkflowState.CANCELLED && flow.compensateRequested);
        if (undoes && !undone(outcome)) {
            flow.become(WorkflowState.COMPENSATING);
            return;
        }
        flow.finished = now;
        flow.become(outcome);
        tell(outcome);
    }

    /** Whether all that is to be undone is; if not, one after the other is being undone, the latest first. */
    private boolean undone(WorkflowState outcome) {
        List<Node> all = flow.graph.nodes().stream().filter(this::isToBeUndone).toList();
        Optional<Node> next = next(all);
        while (next.isPresent()) {
            undo(next.get(), outcome);
            next = next(all);
        }
        Set<@Nullable NodeState> how =
                all.stream().map(node -> flow.status(node.number()).undo).collect(Collectors.toSet());
        if (how.contains(NodeState.RUNNING)) {
            return false;
        }
        flow.compensated = all.isEmpty() ? null : (Boolean) !how.contains(NodeState.FAILED);
        return true;
    }

    private boolean isToBeUndone(Node node) {
        NodeState state = flow.status(node.number()).state;
        return node.compensate() != null && (state == NodeState.SUCCEEDED || state == NodeState.PARTIAL);
    }

    /** None while one is being undone. */
    private Optional<Node> next(List<Node> all) {
        boolean busy = all.stream().anyMatch(node -> flow.status(node.number()).undo == NodeState.RUNNING);
        return busy
                ? Optional.empty()
                : all.stream()
                        .filter(node -> flow.status(node.number()).undo == null)
                        .max(Comparator.comparing((Node node) ->
                                        Objects.requireNonNull(flow.status(node.number()).finished, "It has settled."))
                                .thenComparingInt(Node::number));
    }

    private void undo(Node node, WorkflowState outcome) {
        NodeStatus status = flow.status(node.number());
        Step.Task task = Objects.requireNonNull(node.compensate(), "It can be undone.");
        Failure failure = members.make(
                leaves.orders().order(UNDO - node.number(), status.run, 0, task, view.behind(outcome(outcome))));
        status.undo = failure == null ? NodeState.RUNNING : NodeState.FAILED;
        status.changed = true;
    }

    private WorkflowState outcomeOf(NodeStatus root) {
        if (flow.stopping() || (flow.state == WorkflowState.COMPENSATING && flow.cancelRequested)) {
            return flow.cancelRequested ? WorkflowState.CANCELLED : WorkflowState.TIMED_OUT;
        }
        Kind rule = flow.graph.root().onFailure().kind();
        return switch (root.state) {
            case SUCCEEDED, SKIPPED -> WorkflowState.SUCCEEDED;
            case PARTIAL -> WorkflowState.PARTIAL;
            case FAILED ->
                rule == Kind.RESULT
                        ? WorkflowState.SUCCEEDED
                        : rule == Kind.PARTIAL ? WorkflowState.PARTIAL : WorkflowState.FAILED;
            case CANCELLED -> WorkflowState.CANCELLED;
            case UNREACHED -> WorkflowState.FAILED;
            case PENDING, WAITING, RUNNING -> throw new IllegalStateException("The root has settled.");
        };
    }

    private WorkflowState withOutput(WorkflowState outcome) {
        JsonNode template = flow.graph.output();
        try {
            view.forgetTooLarge();
            JsonNode made =
                    template == null ? view.result(flow.graph.root()) : Template.evaluate(template, view.behind(null));
            JsonNode output = made == null || made.isMissingNode() ? NullNode.instance : made;
            long bytes = Math.max(view.tooLarge(), output.toString().getBytes(StandardCharsets.UTF_8).length);
            if (bytes <= Turn.MAX_BYTES) {
                flow.output = output;
            } else if (template == null) {
                flow.outputOmitted = bytes;
            } else {
                flow.error = new Failure(
                        "OutputTooLarge", "The output has %d bytes, and may have 256 KiB.".formatted(bytes));
                return WorkflowState.FAILED;
            }
            return outcome;
        } catch (MissingReference missing) {
            flow.error = new Failure("ReferenceMissing", missing.getMessage());
            return WorkflowState.FAILED;
        }
    }

    private void tell(WorkflowState outcome) {
        Callback own = switch (outcome) {
            case SUCCEEDED -> Callback.SUCCESS;
            case PARTIAL -> Callback.PARTIAL;
            default -> Callback.FAILURE;
        };
        Stream.of(own, Callback.COMPLETE).forEach(callback -> callBack(callback, outcome(outcome)));
    }

    private ObjectNode outcome(WorkflowState state) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("state", state.name());
        outcome.set("output", flow.output == null ? NullNode.instance : flow.output);
        Failure error = flow.error;
        NodeStatus first = flow.nodes.stream()
                .filter(status -> status.state == NodeState.FAILED
                        && !flow.graph.node(status.number).step().isScope())
                .findFirst()
                .orElse(null);
        if (error == null && first != null) {
            error = first.error();
        }
        outcome.set(
                "error",
                error == null
                        ? NullNode.instance
                        : JsonNodeFactory.instance
                                .objectNode()
                                .put("type", error.type())
                                .put("message", error.message()));
        outcome.put("node", first == null ? null : flow.graph.node(first.number).name());
        return outcome;
    }

    private void callBack(Callback callback, ObjectNode outcome) {
        Step.Task task = flow.graph.callbacks().get(callback);
        if (task != null) {
            members.make(leaves.orders().order(callback.number(), flow.run, 0, task, view.behind(outcome)));
        }
    }
}
