package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes that hold no others: jobs, maps, timers and signals. */
final class Leaves {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Turn turn;
    private final Flow flow;
    private final View view;
    private final Results results;
    private final Orders orders;
    private final Pages pages;
    private final Inbox inbox;
    private final Members members;
    private final Instant now;
    private int left;
    private boolean more;

    Leaves(
            Turn turn,
            Flow flow,
            View view,
            Results results,
            MapItems items,
            Inbox inbox,
            Members members,
            Instant now,
            int atMost) {
        this.turn = turn;
        this.flow = flow;
        this.view = view;
        this.results = results;
        this.orders = new Orders(view, items);
        this.pages = new Pages(view, results, items, orders, members);
        this.inbox = inbox;
        this.members = members;
        this.now = now;
        this.left = atMost;
    }

    Pages pages() {
        return pages;
    }

    Orders orders() {
        return orders;
    }

    boolean moreToMake() {
        return more;
    }

    boolean anyRuns() {
        return flow.nodes.stream()
                .anyMatch(status -> status.state == NodeState.RUNNING
                        && !flow.graph.node(status.number).step().isScope());
    }

    /** Begins one that is RUNNING as of now. */
    void open(Node node, NodeStatus status) {
        switch (node.step()) {
            case Step.Task task -> status.size = 1;
            case Step.Child child -> status.size = 1;
            case Step.Mapping map -> openMap(node, status, map);
            case Step.Wait wait -> openWait(node, status, wait);
            case Step.Signal signal -> {
                status.state = NodeState.WAITING;
                status.due = signal.timeout() == null ? null : now.plus(signal.timeout());
                waited(node, status);
            }
            case Step.Chain chain -> throw scope();
            case Step.Group group -> throw scope();
            case Step.Dag dag -> throw scope();
        }
        if (status.state == NodeState.RUNNING) {
            go(node, status);
        }
    }

    private static IllegalStateException scope() {
        return new IllegalStateException("A scope is no leaf.");
    }

    private void openMap(Node node, NodeStatus status, Step.Mapping map) {
        if (map.pages() != null) {
            status.pagesOver = false;
            return;
        }
        if (map.items() == null) {
            status.size = map.members(map.to() - map.from(), true);
            return;
        }
        try {
            view.forgetTooLarge();
            JsonNode items = Template.evaluate(map.items(), view.from(node));
            if (view.tooLarge() > 0) {
                turn.fail(node, status, Orders.TOO_LARGE, orders.tooLarge());
            } else if (!items.isArray()) {
                turn.fail(node, status, "ItemsInvalid", "The items of a map are to be a list.");
            } else if (items.size() > map.mostItems()) {
                turn.fail(node, status, "TooManyMembers", MapItems.tooMany(map));
            } else {
                status.size = map.members(items.size(), true);
                status.items = new Items(0, 0, items, null);
                status.fresh = Template.isFixed(map.items()) ? null : status.items;
            }
        } catch (MissingReference missing) {
            turn.fail(node, status, "ReferenceMissing", missing.getMessage());
        }
    }

    private void openWait(Node node, NodeStatus status, Step.Wait wait) {
        try {
            Instant until = wait.duration() != null
                    ? now.plus(wait.duration())
                    : OffsetDateTime.parse(Template.evaluate(Objects.requireNonNull(wait.until()), view.from(node))
                                    .asText())
                            .toInstant();
            status.state = NodeState.WAITING;
            status.due = until;
            waited(node, status);
        } catch (MissingReference missing) {
            turn.fail(node, status, "ReferenceMissing", missing.getMessage());
        } catch (DateTimeException noTime) {
            turn.fail(node, status, "TimeInvalid", "'until' is to be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    /** Looks whether what a node waits for is there. A signal that is there goes before a time that is over. */
    void waited(Node node, NodeStatus status) {
        boolean over = status.due != null && !status.due.isAfter(now);
        if (node.step() instanceof Step.Signal signal) {
            inbox.take(signal.signal(), node.number()).ifPresent(message -> {
                status.result = received(message.payload(), message.by(), message.at(), false);
                turn.settle(node, status, NodeState.SUCCEEDED);
            });
            if (!status.state.settled() && over) {
                timedOut(node, status, signal);
            }
        } else if (over) {
            status.result = NODES.objectNode().put("at", now.toString());
            turn.settle(node, status, NodeState.SUCCEEDED);
        }
    }

    private void timedOut(Node node, NodeStatus status, Step.Signal signal) {
        if (signal.goesOn()) {
            status.result = received(NullNode.instance, null, now, true);
            turn.settle(node, status, NodeState.SUCCEEDED);
        } else {
            turn.fail(node, status, "SignalTimeout", "No signal '%s' came in time.".formatted(signal.signal()));
        }
    }

    private static ObjectNode received(JsonNode payload, @Nullable String by, Instant at, boolean timedOut) {
        ObjectNode received = NODES.objectNode();
        received.set("payload", payload);
        received.put("by", by);
        received.put("at", at.toString());
        received.put("timedOut", timedOut);
        return received;
    }

    /** Makes the members that it has room for, and settles it if all have ended. */
    void go(Node node, NodeStatus status) {
        if (!status.stopping() && status.errorType == null) {
            makeSome(node, status);
            pages.ask(node, status);
        }
        boolean whole = status.made == status.size && status.pagesOver;
        boolean complete = (whole || status.stopping() || status.errorType != null) && !pages.isAwaited(status);
        if (status.state == NodeState.RUNNING && complete && status.live() == 0) {
            settle(node, status);
        }
    }

    private void makeSome(Node node, NodeStatus status) {
        int window = node.step() instanceof Step.Mapping map ? map.window() : 1;
        while (status.made < status.size && status.live() < window && givesUp(node, status) == null) {
            if (left <= 0) {
                more = true;
                return;
            }
            left -= node.step() instanceof Step.Mapping map ? Math.max(1, map.chunk()) : 1;
            Failure failure = members.make(orders.member(node, status, status.made));
            status.made++;
            turn.change(status);
            if (failure != null) {
                status.failed++;
                if (!(node.step() instanceof Step.Mapping)) {
                    status.errorType = failure.type();
                    status.errorMessage = failure.message();
                }
            }
        }
        String reason = givesUp(node, status);
        if (reason != null && status.made < status.size && status.errorType == null) {
            status.errorType = "MembersFailed";
            status.errorMessage = reason;
            turn.change(status);
        }
    }

    /** Why it makes no more members: more have failed than may. */
    private static @Nullable String givesUp(Node node, NodeStatus status) {
        if (!(node.step() instanceof Step.Mapping map)) {
            return null;
        }
        boolean allowed = status.pagesOver
                ? map.tolerance().allows(status.failed, status.size)
                : status.failed <= map.tolerance().failures();
        return allowed ? null : failedOf(status);
    }

    private static String failedOf(NodeStatus status) {
        return "%d of %d members failed.".formatted(status.failed, status.size);
    }

    private void settle(Node node, NodeStatus status) {
        boolean whole = status.made == status.size && status.pagesOver;
        if (status.stopping() && !(whole && status.failed == 0)) {
            turn.settle(node, status, NodeState.CANCELLED);
        } else if (whole && status.failed == 0) {
            boolean partial = (node.step().body() instanceof Step.Child || status.grafts > 0)
                    && results.anyPartial(node.number(), status.run);
            turn.settle(node, status, partial ? NodeState.PARTIAL : NodeState.SUCCEEDED);
        } else if (node.step() instanceof Step.Mapping map) {
            if (whole && map.tolerance().allows(status.failed, status.size)) {
                status.errorType = null;
                status.errorMessage = null;
                turn.settle(node, status, NodeState.PARTIAL);
            } else if (Pages.ERRORS.contains(String.valueOf(status.errorType))) {
                turn.fail(node, status, String.valueOf(status.errorType), status.errorMessage);
            } else {
                turn.fail(node, status, "MembersFailed", failedOf(status));
            }
        } else {
            Failure error = status.error() == null ? results.error(node.number(), status.run, 0) : status.error();
            turn.fail(
                    node,
                    status,
                    error == null ? "MembersFailed" : error.type(),
                    error == null ? null : error.message());
        }
    }
}
