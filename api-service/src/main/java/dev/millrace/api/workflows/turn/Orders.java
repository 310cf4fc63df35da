package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Document;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What members are given: templates, evaluated when their members are made. For one turn. */
final class Orders {

    static final String TOO_LARGE = "InputTooLarge";

    private final View view;
    private final Results results;

    Orders(View view, Results results) {
        this.view = view;
        this.results = results;
    }

    Members.Order member(Node node, NodeStatus status, int index) {
        return switch (node.step()) {
            case Step.Task task -> {
                JsonNode prev = task.payload() == null ? view.prev(node) : null;
                yield task.payload() == null
                        ? new Members.Order(
                                node.number(),
                                status.run,
                                index,
                                task,
                                prev == null ? NullNode.instance : prev,
                                null,
                                null)
                        : order(node.number(), status.run, index, task, view.from(node));
            }
            case Step.Child child -> order(node.number(), status.run, index, child, view.from(node));
            case Step.Mapping map ->
                order(
                        node.number(),
                        status.run,
                        index,
                        map.each(),
                        view.from(node, item(node, status, map, index), index));
            case Step.Wait wait -> throw none();
            case Step.Signal signal -> throw none();
            case Step.Chain chain -> throw none();
            case Step.Group group -> throw none();
            case Step.Dag dag -> throw none();
        };
    }

    private static IllegalStateException none() {
        return new IllegalStateException("It has no members.");
    }

    private JsonNode item(Node node, NodeStatus status, Step.Mapping map, int index) {
        if (map.pages() != null) {
            return kept(node, status, index);
        }
        if (map.items() == null) {
            return IntNode.valueOf(map.from() + index);
        }
        if (status.items == null && Template.isFixed(map.items())) {
            status.items = new Items(0, 0, fixed(map.items()), null);
        }
        return kept(node, status, index);
    }

    private JsonNode kept(Node node, NodeStatus status, int index) {
        Items items = status.fresh != null && status.fresh.has(index) ? status.fresh : status.items;
        if (items == null || !items.has(index)) {
            items = results.items(node.number(), status.run, index);
            status.items = items;
        }
        return items.items().path(index - items.first());
    }

    String tooLarge() {
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
    Members.Order order(int node, int run, int index, Step.Body body, Document document) {
        try {
            view.forgetTooLarge();
            JsonNode payload = switch (body) {
                case Step.Task task -> Template.evaluate(Objects.requireNonNull(task.payload()), document);
                case Step.Child child -> input(child, document);
            };
            ObjectNode borrowed =
                    body instanceof Step.Child child && child.borrows() ? View.lend(child, document) : null;
            if (view.tooLarge() > 0) {
                return failed(node, run, index, body, new Failure(TOO_LARGE, tooLarge()));
            }
            long bytes = body instanceof Step.Child ? bytes(payload) + (borrowed == null ? 0 : bytes(borrowed)) : 0;
            return bytes > Turn.MAX_BYTES
                    ? failed(
                            node,
                            run,
                            index,
                            body,
                            new Failure(
                                    TOO_LARGE,
                                    "The workflow would be given %d bytes, and may be given 256 KiB.".formatted(bytes)))
                    : new Members.Order(node, run, index, body, payload, borrowed, null);
        } catch (MissingReference missing) {
            return failed(node, run, index, body, new Failure("ReferenceMissing", missing.getMessage()));
        }
    }

    private static JsonNode input(Step.Child child, Document document) throws MissingReference {
        return child.input() == null
                ? child.json().has("input") ? child.json().get("input") : NullNode.instance
                : Template.evaluate(child.input(), document);
    }

    private static long bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static Members.Order failed(int node, int run, int index, Step.Body body, Failure failure) {
        return new Members.Order(node, run, index, body, null, null, failure);
    }
}
