package dev.millrace.api.workflows.turn;

import dev.millrace.api.workflows.graph.Edge;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has a workflow that has ended without success go on: from what failed, from its start, or from a node. From what failed on, members
 * that ended without success go on as they are; nodes that never had any, and all that comes after a node that is open again, are fresh:
 * their run is one higher. All other nodes keep their members and results.
 */
public final class Retry {

    private final Flow flow;
    private final Graph graph;
    private final BitSet open = new BitSet();
    private final BitSet fresh = new BitSet();

    private Retry(Flow flow) {
        this.flow = flow;
        this.graph = flow.graph;
    }

    /** Opens it again; returns the nodes of which the members that ended without success are to run again. */
    public static Set<Integer> fromFailed(Flow flow) {
        Retry retry = new Retry(flow);
        retry.mark();
        return retry.apply();
    }

    /** Opens it again with nothing of what it has made. */
    public static void fromStart(Flow flow) {
        Retry retry = new Retry(flow);
        retry.markWhole(flow.graph.root());
        retry.apply();
    }

    /** Opens it again with that node, and all that comes after it, fresh. */
    public static void fromNode(Flow flow, Node node) {
        Retry retry = new Retry(flow);
        retry.markWhole(node);
        retry.markFollowers();
        retry.apply();
    }

    private void mark() {
        graph.nodes().stream().filter(node -> !node.step().isScope()).forEach(this::markLeaf);
        markFollowers();
    }

    private void markFollowers() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Node node : graph.nodes()) {
                if (!fresh.get(node.number()) && isBehindAnOpenOne(node)) {
                    markWhole(node);
                    moved = true;
                }
            }
        }
    }

    private void markLeaf(Node node) {
        NodeStatus status = flow.status(node.number());
        switch (status.state) {
            case FAILED, CANCELLED, PARTIAL -> {
                open.set(node.number());
                boolean goesOn =
                        status.made > 0 && status.pagesOver && (status.live() != 0 || goesOnWith(node, status));
                fresh.set(node.number(), !goesOn);
            }
            case UNREACHED, PENDING, WAITING, RUNNING -> {
                open.set(node.number());
                fresh.set(node.number());
            }
            case SUCCEEDED, SKIPPED -> {}
        }
    }

    /** A single job that could not even be made is made anew. */
    private static boolean goesOnWith(Node node, NodeStatus status) {
        return node.step() instanceof Step.Mapping
                || !Members.COULD_NOT_BE_MADE.contains(String.valueOf(status.errorType));
    }

    private boolean isBehindAnOpenOne(Node node) {
        return node.after().stream().map(Edge::node).map(graph::node).anyMatch(this::isOpen);
    }

    private boolean isOpen(Node node) {
        return open.get(node.number())
                || node.children().stream().map(graph::node).anyMatch(this::isOpen);
    }

    private void markWhole(Node node) {
        open.set(node.number());
        fresh.set(node.number());
        node.children().forEach(child -> markWhole(graph.node(child)));
    }

    private Set<Integer> apply() {
        Set<Integer> again = new TreeSet<>();
        for (Node node : graph.nodes()) {
            NodeStatus status = flow.status(node.number());
            boolean scope = node.step().isScope();
            if (fresh.get(node.number()) || (scope && isOpen(node) && status.started == null)) {
                status.restart();
            } else if (isOpen(node)) {
                status.reopen();
                if (!scope) {
                    again.add(node.number());
                }
            }
        }
        flow.restart();
        return again;
    }
}
