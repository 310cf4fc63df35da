package dev.millrace.api.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.members.MemberRows.Place;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.ChildRows;
import dev.millrace.api.workflows.record.ChildRows.GoingOn;
import dev.millrace.api.workflows.record.NodeRows;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.turn.Flow;
import dev.millrace.api.workflows.turn.NodeStatus;
import dev.millrace.api.workflows.turn.Retry;
import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has workflows go on that have ended, as their next run. Members that are jobs go on in the same commit; those that are workflows are
 * told to, and go on in turns of their own.
 */
@Singleton
public class Reopening {

    private final Specs specs;
    private final Requeue requeue;

    Reopening(Specs specs, Requeue requeue) {
        this.specs = specs;
        this.requeue = requeue;
    }

    /** Has one that is locked go on from what failed. */
    public void fromFailed(Tx tx, WorkflowRow row) {
        reopen(tx, row, 1, Retry::fromFailed);
    }

    /** What the one around it asks for that goes on from what failed: the same here, or from the start if what was done is undone. */
    void asAsked(Tx tx, WorkflowRow row) {
        if (row.compensated() == null) {
            fromFailed(tx, row);
        } else {
            fromStart(tx, row, null);
        }
    }

    /** As {@link #fromFailed}, of one that has waited for its next attempt. */
    void byItself(Tx tx, WorkflowRow row) {
        reopen(tx, row, row.attempt() + 1, Retry::fromFailed);
    }

    /**
     * Has one that is locked go on with nothing of what it has made.
     *
     * @param input that it is given from now on; null for what it was given
     */
    public void fromStart(Tx tx, WorkflowRow row, @Nullable JsonNode input) {
        reopen(tx, row, 1, flow -> {
            Retry.fromStart(flow);
            return Set.of();
        });
        if (input != null) {
            WorkflowRows.giveInput(tx, row.id(), input.toString());
        }
    }

    /** Has one that is locked go on with that node, and all that comes after it, fresh; false if it has no node of this name. */
    public boolean fromNode(Tx tx, WorkflowRow row, String name) {
        Optional<Node> node = graph(tx, row).named(name);
        node.ifPresent(one -> reopen(tx, row, 1, flow -> {
            Retry.fromNode(flow, one);
            return Set.of();
        }));
        return node.isPresent();
    }

    private Graph graph(Tx tx, WorkflowRow row) {
        return Objects.requireNonNull(
                specs.graphs(tx, Set.of(row.spec())).get(row.spec()), "A workflow has its graph.");
    }

    private void reopen(Tx tx, WorkflowRow row, int attempt, Function<Flow, Set<Integer>> retry) {
        List<NodeStatus> nodes = NodeRows.find(tx, List.of(row.id())).getOrDefault(row.id(), List.of()).stream()
                .map(Seen::status)
                .toList();
        Graph graph = graph(tx, row);
        Flow flow = TurnCommit.flow(row, graph, nodes);
        Set<Integer> again = retry.apply(flow);
        again.stream()
                .map(nodes::get)
                .filter(node ->
                        node.grafts() > 0 || graph.node(node.number()).step().body() instanceof Step.Child)
                .forEach(node -> tellChildren(tx, row, node));
        WorkflowRows.reopen(tx, row.id(), attempt);
        NodeRows.update(tx, List.of(flow));
        List<JobId> members = again.stream()
                .map(node -> new Place(row.id(), node, nodes.get(node).run()))
                .flatMap(place -> MemberRows.unsuccessful(tx, place).stream())
                .sorted()
                .toList();
        requeue.members(tx, row.tenant(), members);
    }

    /** They are live from here on, although each of them goes on only when it hears of it. */
    private static void tellChildren(Tx tx, WorkflowRow row, NodeStatus node) {
        GoingOn going = ChildRows.retry(tx, new Place(row.id(), node.number(), node.run()));
        node.goOn(going.partial(), going.failed());
    }
}
