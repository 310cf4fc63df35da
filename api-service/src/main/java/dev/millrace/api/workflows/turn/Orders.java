package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Document;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import dev.millrace.json.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What members are given: templates, evaluated when their members are made. For one turn. */
final class Orders {

    static final String TOO_LARGE = "InputTooLarge";

    private final View view;
    private final MapItems items;

    Orders(View view, MapItems items) {
        this.view = view;
        this.items = items;
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
                map.chunk() == 0 ? ofItem(node, status, map, index, index) : chunk(node, status, map, index);
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

    private Members.Order ofItem(Node node, NodeStatus status, Step.Mapping map, int member, int index) {
        JsonNode item = items.item(node, status, map, index);
        return order(node.number(), status.run, member, map.each(), view.from(node, item, index));
    }

    /** A job for several items, in order; if it cannot be made for one of them, it cannot be made. */
    private Members.Order chunk(Node node, NodeStatus status, Step.Mapping map, int member) {
        int end = items.endOf(node, status, map, member);
        List<JsonNode> payloads = new ArrayList<>();
        long bytes = 0;
        for (int index = map.firstOf(member); index < end; index++) {
            Members.Order one = ofItem(node, status, map, member, index);
            if (one.payload() == null) {
                return one;
            }
            bytes += bytes(one.payload());
            if (bytes > Turn.MAX_BYTES) {
                return failed(
                        node.number(),
                        status.run,
                        member,
                        map.each(),
                        new Failure(TOO_LARGE, "The payloads of a chunk have at most 256 KiB together."));
            }
            payloads.add(one.payload());
        }
        return new Members.Order(node.number(), status.run, member, map.each(), Chunk.of(payloads), null, null);
    }

    String tooLarge() {
        return "A list of results that is referred to has %d bytes, and may have 16 MiB.".formatted(view.tooLarge());
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
