package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Document;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes that hold no others: jobs, maps, timers and signals. */
final class Leaves {

    private static final String TOO_LARGE = "InputTooLarge";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Turn turn;
    private final Flow flow;
    private final View view;
    private final Results results;
    private final Inbox inbox;
    private final Members members;
    private final Instant now;
    private int left;
    private boolean more;

    Leaves(Turn turn, Flow flow, View view, Results results, Inbox inbox, Members members, Instant now, int atMost) {
        this.turn = turn;
        this.flow = flow;
        this.view = view;
        this.results = results;
        this.inbox = inbox;
        this.members = members;
        this.now = now;
        this.left = atMost;
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
        if (map.items() == null) {
            status.size = map.to() - map.from();
            return;
        }
        try {
            view.forgetTooLarge();
            JsonNode items = Template.evaluate(map.items(), view.from(node));
            if (view.tooLarge() > 0) {
                turn.fail(node, status, TOO_LARGE, tooLarge());
            } else if (!items.isArray()) {
                turn.fail(node, status, "ItemsInvalid", "The items of a map are to be a list.");
            } else if (items.size() > Turn.MAX_ITEMS) {
                turn.fail(
                        node,
                        status,
                        "TooManyMembers",
                        "A map has at most %d items, not %d.".formatted(Turn.MAX_ITEMS, items.size()));
            } else {
                status.size = items.size();
                status.items = items;
                status.opened = !Template.isFixed(map.items());
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
        }
        boolean complete = status.made == status.size || status.stopping() || status.errorType != null;
        if (status.state == NodeState.RUNNING && complete && status.live() == 0) {
            settle(node, status);
        }
    }

    private void makeSome(Node node, NodeStatus status) {
        int window = node.step() instanceof Step.Mapping map ? map.window() : 1;
        while (status.made < status.size && status.live() < window && givesUp(node, status) == null) {
            if (left == 0) {
                more = true;
                return;
            }
            left--;
            Failure failure = members.make(member(node, status, status.made));
            status.made++;
            turn.change(status);
            if (failure != null) {
                status.failed++;
                if (node.step() instanceof Step.Task) {
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
        return node.step() instanceof Step.Mapping map && !map.tolerance().allows(status.failed, status.size)
                ? failedOf(status)
                : null;
    }

    private static String failedOf(NodeStatus status) {
        return "%d of %d members failed.".formatted(status.failed, status.size);
    }

    private Members.Order member(Node node, NodeStatus status, int index) {
        return switch (node.step()) {
            case Step.Task task -> {
                JsonNode prev = task.payload() == null ? view.prev(node) : null;
                yield task.payload() == null
                        ? new Members.Order(
                                node.number(), status.run, index, task, prev == null ? NullNode.instance : prev, null)
                        : order(node.number(), status.run, index, task, view.from(node));
            }
            case Step.Mapping map ->
                order(
                        node.number(),
                        status.run,
                        index,
                        map.each(),
                        view.from(node, item(node, status, map, index), index));
            case Step.Wait wait -> throw scope();
            case Step.Signal signal -> throw scope();
            case Step.Chain chain -> throw scope();
            case Step.Group group -> throw scope();
            case Step.Dag dag -> throw scope();
        };
    }

    private JsonNode item(Node node, NodeStatus status, Step.Mapping map, int index) {
        if (map.items() == null) {
            return IntNode.valueOf(map.from() + index);
        }
        JsonNode items = status.items;
        if (items == null) {
            items = Template.isFixed(map.items()) ? fixed(map.items()) : results.items(node.number(), status.run);
            status.items = items;
        }
        return items.path(index);
    }

    private String tooLarge() {
        return "A list of results that is referred to has %d bytes, and may have 16 MiB.".formatted(view.tooLarge());
    }

    private static JsonNode fixed(JsonNode items) {
        try {
            return Template.evaluate(items, place -> null);
        } catch (MissingReference impossible) {
            throw new IllegalStateException("It refers to nothing.", impossible);
        }
    }

    /** A member of which the payload is made now; if it cannot be, the member is one that failed. */
    Members.Order order(int node, int run, int index, Step.Task task, Document document) {
        try {
            view.forgetTooLarge();
            JsonNode payload = Template.evaluate(Objects.requireNonNull(task.payload()), document);
            return view.tooLarge() > 0
                    ? new Members.Order(node, run, index, task, null, new Failure(TOO_LARGE, tooLarge()))
                    : new Members.Order(node, run, index, task, payload, null);
        } catch (MissingReference missing) {
            return new Members.Order(
                    node, run, index, task, null, new Failure("ReferenceMissing", missing.getMessage()));
        }
    }

    private void settle(Node node, NodeStatus status) {
        boolean whole = status.made == status.size;
        if (status.stopping() && !(whole && status.failed == 0)) {
            turn.settle(node, status, NodeState.CANCELLED);
        } else if (whole && status.failed == 0) {
            turn.settle(node, status, NodeState.SUCCEEDED);
        } else if (node.step() instanceof Step.Mapping map) {
            if (whole && map.tolerance().allows(status.failed, status.size)) {
                status.errorType = null;
                status.errorMessage = null;
                turn.settle(node, status, NodeState.PARTIAL);
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
