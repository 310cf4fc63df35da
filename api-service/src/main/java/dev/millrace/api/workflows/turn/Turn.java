package dev.millrace.api.workflows.turn;

import dev.millrace.api.workflows.graph.Condition;
import dev.millrace.api.workflows.graph.Edge;
import dev.millrace.api.workflows.graph.FailureRule.Kind;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One turn of one workflow: takes what was heard, and moves the workflow as far as it goes. A node is decided when all that it comes
 * after has settled and its scope is open; one that has members settles when they have all ended. For one thread.
 */
public final class Turn {

    static final int MAX_BYTES = 256 << 10;

    private final Flow flow;
    private final Instant now;
    private final View view;
    private final Leaves leaves;
    private final Set<Integer> cancelled = new TreeSet<>();
    private final Ending ending;
    private int dropped;
    private boolean moved;

    /**
     * Decides nothing yet.
     *
     * @param atMost how many members are made; the rest waits for another turn
     */
    public Turn(Flow flow, Results results, Inbox inbox, Members members, Instant now, int atMost) {
        this.flow = flow;
        this.now = now;
        MapItems items = new MapItems(results);
        this.view = new View(flow, results, items);
        this.leaves = new Leaves(this, flow, view, results, items, inbox, members, now, atMost);
        this.ending = new Ending(flow, view, leaves, members, now);
    }

    /**
     * So many members of a node have ended since; less than none of those that failed if some were continued. What is heard of a run
     * that is not the node's is dropped, and returns false.
     */
    public boolean ended(int node, int run, int succeeded, int failed) {
        if (node <= Ending.UNDO) {
            return undone(Ending.UNDO - node, run, succeeded > 0);
        }
        if (node < 0 || node >= flow.nodes.size() || flow.status(node).run != run) {
            dropped++;
            return false;
        }
        NodeStatus status = flow.status(node);
        status.succeeded += succeeded;
        status.failed += failed;
        status.changed = true;
        return true;
    }

    /**
     * So many members of a node were jobs that have given their places to workflows, and live; so many were to, and could not, and have
     * failed. Either were told of as members that succeeded.
     */
    public void grafted(int node, int run, int made, int failed) {
        if (ended(node, run, -made - failed, failed)) {
            flow.status(node).grafts += made + failed;
        }
    }

    /** Whether a member of a node may give its place to a workflow: nothing is made of one that is being cancelled. */
    public boolean takesGrafts(int node, int run) {
        return node >= 0
                && node < flow.nodes.size()
                && flow.graph.node(node).step().body() instanceof Step.Task
                && flow.status(node).run == run
                && flow.status(node).state == NodeState.RUNNING
                && !flow.status(node).stopping()
                && !flow.cancelRequested
                && !timedOut();
    }

    /** The job has ended that reads the next page of the items of a node. As of {@link #ended}, of another run it is dropped. */
    public boolean pageEnded(int node, int run, boolean succeeded) {
        NodeStatus status = node >= 0 && node < flow.nodes.size() ? flow.status(node) : null;
        if (status == null
                || status.run != run
                || status.state != NodeState.RUNNING
                || status.pagesAsked == status.pagesRead) {
            dropped++;
            return false;
        }
        leaves.pages().ended(flow.graph.node(node), status, succeeded);
        return true;
    }

    private boolean undone(int node, int run, boolean succeeded) {
        NodeStatus status = node < flow.nodes.size() ? flow.status(node) : null;
        if (status == null || status.run != run || status.undo != NodeState.RUNNING) {
            dropped++;
            return false;
        }
        status.undo = succeeded ? NodeState.SUCCEEDED : NodeState.FAILED;
        status.changed = true;
        return true;
    }

    /** How much of what was heard was of other runs. */
    public int dropped() {
        return dropped;
    }

    /** The nodes whose members are to be cancelled, as far as they live. */
    public Set<Integer> cancelled() {
        return cancelled;
    }

    /** Moves the workflow as far as it goes. Returns whether there are more members to be made than one turn makes. */
    public boolean advance() {
        if (flow.state.ended()) {
            return false;
        }
        begin();
        stopIfAsked();
        if (flow.state != WorkflowState.SCHEDULED) {
            do {
                moved = false;
                flow.graph.nodes().forEach(this::move);
                flow.graph.nodes().reversed().stream()
                        .filter(node -> node.step().isScope())
                        .forEach(this::settleScope);
            } while (moved);
            ending.tellOfFirstFailure();
            ending.end();
        }
        flow.due = due();
        return leaves.moreToMake();
    }

    private void begin() {
        Instant startsAt = flow.startsAt;
        if (flow.state == WorkflowState.SCHEDULED && (startsAt == null || !startsAt.isAfter(now))) {
            flow.startsAt = null;
            flow.started = now;
            flow.become(WorkflowState.RUNNING);
        }
    }

    /** Each attempt has a deadline of its own. */
    private boolean timedOut() {
        return !flow.attempt.waits() && flow.deadline != null && !flow.deadline.isAfter(now);
    }

    private void stopIfAsked() {
        if (flow.stopping() || flow.state == WorkflowState.COMPENSATING || !(flow.cancelRequested || timedOut())) {
            return;
        }
        if (flow.cancelRequested) {
            flow.attempt = flow.attempt.last();
        }
        flow.error = flow.cancelRequested
                ? null
                : new Failure("TimedOut", "The workflow took longer than it was allowed to.");
        flow.become(WorkflowState.CANCELLING);
        stop(flow.graph.root(), NodeStatus.WORKFLOW);
    }

    /** Nothing more begins in it; what lives is cancelled. */
    private void stop(Node node, int cause) {
        NodeStatus status = flow.status(node.number());
        if (status.state.settled()) {
            return;
        }
        if (status.state == NodeState.RUNNING) {
            status.cause = cause;
            change(status);
            node.children().forEach(child -> stop(flow.graph.node(child), cause));
            if (!node.step().isScope()) {
                cancelled.add(node.number());
            }
        } else {
            settleWhole(node, NodeState.CANCELLED, cause);
        }
    }

    /** Of a node that never began, with all that it holds. */
    private void settleWhole(Node node, NodeState state, @Nullable Integer cause) {
        NodeStatus status = flow.status(node.number());
        status.cause = cause;
        settle(node, status, state);
        node.children().forEach(child -> settleWhole(flow.graph.node(child), state, cause));
    }

    private void move(Node node) {
        NodeStatus status = flow.status(node.number());
        switch (status.state) {
            case PENDING -> {
                if (isOpen(node)) {
                    decide(node, status);
                }
            }
            case WAITING -> leaves.waited(node, status);
            case RUNNING -> {
                if (!node.step().isScope()) {
                    leaves.go(node, status);
                }
            }
            case SUCCEEDED, PARTIAL, FAILED, CANCELLED, SKIPPED, UNREACHED -> {}
        }
    }

    private boolean isOpen(Node node) {
        boolean scopeIsOpen = node.isRoot() || flow.status(node.parent()).state == NodeState.RUNNING;
        return scopeIsOpen
                && node.after().stream()
                        .allMatch(edge -> flow.status(edge.node()).state.settled());
    }

    private void decide(Node node, NodeStatus status) {
        Integer failed = null;
        boolean skipped = false;
        for (Edge edge : node.after()) {
            boolean failure = countsAsFailure(flow.graph.node(edge.node()));
            switch (edge.on()) {
                case SUCCESS -> failed = failure ? (Integer) edge.node() : failed;
                case FAILURE -> skipped |= !failure;
                case ANY -> {}
            }
        }
        if (failed != null) {
            NodeStatus before = flow.status(failed);
            boolean passedOn = before.state == NodeState.UNREACHED && before.cause != null;
            settleWhole(node, NodeState.UNREACHED, passedOn ? before.cause : failed);
        } else if (skipped || (node.when() != null && !Condition.holds(node.when(), view.from(node)))) {
            settleWhole(node, NodeState.SKIPPED, null);
        } else {
            open(node, status);
        }
    }

    /** As the edges behind a settled node see it. */
    private boolean countsAsFailure(Node node) {
        return switch (flow.status(node.number()).state) {
            case FAILED -> node.onFailure().kind() != Kind.RESULT;
            case UNREACHED, CANCELLED -> true;
            case PENDING, WAITING, RUNNING, SUCCEEDED, PARTIAL, SKIPPED -> false;
        };
    }

    private void open(Node node, NodeStatus status) {
        status.started = now;
        status.state = NodeState.RUNNING;
        status.size = node.children().size();
        change(status);
        if (!node.step().isScope()) {
            leaves.open(node, status);
        }
    }

    void change(NodeStatus status) {
        status.changed = true;
        moved = true;
    }

    void fail(Node node, NodeStatus status, String type, @Nullable String message) {
        status.errorType = type;
        status.errorMessage = message;
        settle(node, status, NodeState.FAILED);
    }

    void settle(Node node, NodeStatus status, NodeState state) {
        status.state = state;
        status.finished = now;
        status.due = null;
        change(status);
        if (state == NodeState.FAILED && node.onFailure().kind() == Kind.ABORT && !node.isRoot()) {
            Set<Integer> follow = followers(node);
            flow.graph.node(node.parent()).children().stream()
                    .filter(sibling -> !follow.contains(sibling))
                    .forEach(sibling -> stop(flow.graph.node(sibling), node.number()));
        }
    }

    /** The siblings that are there for the case that a node fails, and all that comes after them. */
    private Set<Integer> followers(Node node) {
        Set<Integer> found = new TreeSet<>();
        List<Node> siblings = flow.graph.node(node.parent()).children().stream()
                .map(flow.graph::node)
                .toList();
        boolean grown = true;
        while (grown) {
            grown = found.addAll(siblings.stream()
                    .filter(sibling -> sibling.after().stream()
                            .anyMatch(edge -> found.contains(edge.node())
                                    || (edge.node() == node.number() && edge.on() != Edge.On.SUCCESS)))
                    .map(Node::number)
                    .toList());
        }
        return found;
    }

    private void settleScope(Node scope) {
        NodeStatus status = flow.status(scope.number());
        List<Node> children = scope.children().stream().map(flow.graph::node).toList();
        boolean over = status.state == NodeState.RUNNING
                && children.stream()
                        .allMatch(child -> flow.status(child.number()).state.settled());
        if (!over) {
            return;
        }
        List<Node> failed = children.stream().filter(this::failsItsScope).toList();
        status.failed = failed.size();
        status.succeeded = children.size() - failed.size();
        boolean tolerated =
                scope.step() instanceof Step.Group group && group.tolerance().allows(failed.size(), children.size());
        if (!failed.isEmpty() && !tolerated) {
            NodeStatus first = flow.status(failed.getFirst().number());
            status.cause = first.cause != null && first.cause >= 0 ? first.cause : (Integer) first.number;
            fail(scope, status, first.errorType == null ? "MembersFailed" : first.errorType, first.errorMessage);
        } else if (children.stream().anyMatch(child -> flow.status(child.number()).state == NodeState.CANCELLED)) {
            settle(scope, status, NodeState.CANCELLED);
        } else {
            boolean partial = !failed.isEmpty() || children.stream().anyMatch(this::isPartial);
            settle(scope, status, partial ? NodeState.PARTIAL : NodeState.SUCCEEDED);
        }
    }

    private boolean failsItsScope(Node child) {
        Kind rule = child.onFailure().kind();
        return flow.status(child.number()).state == NodeState.FAILED && (rule == Kind.FAIL || rule == Kind.ABORT);
    }

    private boolean isPartial(Node child) {
        NodeState state = flow.status(child.number()).state;
        return state == NodeState.PARTIAL
                || (state == NodeState.FAILED && child.onFailure().kind() == Kind.PARTIAL);
    }

    private @Nullable Instant due() {
        if (flow.state.ended()) {
            return null;
        }
        if (flow.attempt.waits()) {
            return flow.attempt.next();
        }
        Stream<@Nullable Instant> waits = flow.nodes.stream()
                .filter(status -> status.state == NodeState.WAITING)
                .map(status -> status.due);
        return Stream.concat(
                        waits,
                        Stream.of(
                                flow.startsAt,
                                flow.stopping() || flow.state == WorkflowState.COMPENSATING ? null : flow.deadline))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
