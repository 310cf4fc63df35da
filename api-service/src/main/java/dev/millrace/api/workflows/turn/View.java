package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.api.workflows.graph.Document;
import dev.millrace.api.workflows.graph.FailureRule;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Pointer;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.json.Chunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The document that the templates of a workflow see, read from the record where it is referred to. */
final class View {

    /** What a list of results may have to be read; templates make at most 256 KiB of it. */
    private static final long MAX_BYTES = 16L << 20;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Flow flow;
    private final Results results;
    private final MapItems items;
    private final Map<Integer, ResultOf> known = new HashMap<>();

    private long tooLarge;

    /**
     * Kept for the turn, for templates of many members name the same.
     *
     * @param tooLarge bytes of a list that is not read because it has too many; 0 if there is none
     */
    private record ResultOf(@Nullable JsonNode value, long tooLarge) {}

    View(Flow flow, Results results, MapItems items) {
        this.flow = flow;
        this.results = results;
        this.items = items;
    }

    /** Begins anew to look for what is too large to be read. */
    void forgetTooLarge() {
        tooLarge = 0;
    }

    /** How many bytes a list has that was asked for since and is too large to be read; 0 if none is. */
    long tooLarge() {
        return tooLarge;
    }

    /** As a node sees it. */
    Document from(Node node) {
        return place -> at(place, node);
    }

    /** As the template of a member sees it. */
    Document from(Node node, JsonNode item, int index) {
        return place -> switch (place.first()) {
            case "item" -> place.in(item, 1);
            case "index" -> place.in(IntNode.valueOf(index), 1);
            default -> at(place, node);
        };
    }

    /** As it is seen behind all nodes. */
    Document behind(@Nullable JsonNode outcome) {
        return place -> place.first().equals("outcome") ? place.in(outcome, 1) : at(place, null);
    }

    private @Nullable JsonNode at(Pointer place, @Nullable Node node) {
        return switch (place.first()) {
            case "input" -> flow.borrowed == null ? place.in(flow.input, 1) : borrowed(place);
            case "prev" -> node == null ? null : prev(place, node);
            case "workflow" -> place.in(workflow(), 1);
            case "steps" ->
                flow.graph
                        .named(place.token(1))
                        .map(named -> ofStep(named, place))
                        .orElseGet(() -> borrowed(place));
            default -> borrowed(place);
        };
    }

    private @Nullable JsonNode borrowed(Pointer place) {
        JsonNode found = flow.borrowed == null ? null : flow.borrowed.get(place.toString());
        if (found == null) {
            return null;
        }
        return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
    }

    /** What a graph inside needs of this document. */
    static ObjectNode lend(Step.Child inside, Document document) {
        ObjectNode lent = NODES.objectNode();
        for (Graph.Borrowed one : Objects.requireNonNull(inside.graph()).borrowed()) {
            JsonNode value = document.at(one.place());
            if (value != null) {
                ArrayNode found = lent.putArray(one.place().toString());
                if (!value.isMissingNode()) {
                    found.add(value);
                }
            }
        }
        return lent;
    }

    private @Nullable JsonNode prev(Pointer place, Node node) {
        return flow.graph
                .before(node)
                .map(before -> place.in(result(before), 1))
                .orElseGet(() -> borrowed(place));
    }

    /** What the step before made; null if there is nothing. */
    @Nullable
    JsonNode prev(Node node) {
        JsonNode made = flow.graph.before(node).map(this::result).orElse(null);
        return made == null ? null : orNull(made);
    }

    private JsonNode workflow() {
        ObjectNode workflow = NODES.objectNode();
        workflow.put("id", flow.id.toString());
        workflow.put("name", flow.name);
        workflow.put("run", flow.run);
        workflow.put("startedAt", flow.started == null ? null : flow.started.toString());
        return workflow;
    }

    private @Nullable JsonNode ofStep(Node node, Pointer place) {
        NodeStatus status = flow.status(node.number());
        return switch (place.token(2)) {
            case "result" -> place.in(result(node), 3);
            case "state" -> place.in(TextNode.valueOf(status.state.name()), 3);
            case "error" -> place.in(error(status), 3);
            case "counts" -> place.in(counts(status), 3);
            case "failures" -> place.in(failures(node, status), 3);
            default -> null;
        };
    }

    static JsonNode error(NodeStatus status) {
        return status.errorType == null
                ? NullNode.instance
                : NODES.objectNode().put("type", status.errorType).put("message", status.errorMessage);
    }

    private static JsonNode counts(NodeStatus status) {
        return NODES.objectNode()
                .put("size", status.size)
                .put("succeeded", status.succeeded)
                .put("failed", status.failed);
    }

    private JsonNode failures(Node node, NodeStatus status) {
        return node.step().isScope() || status.failed == 0
                ? NODES.arrayNode()
                : results.failures(node.number(), status.run);
    }

    /** What a node made; null if there is nothing. */
    @Nullable
    JsonNode result(Node node) {
        NodeStatus status = flow.status(node.number());
        if (!status.state.settled()) {
            return null;
        }
        ResultOf before = known.get(node.number());
        if (before == null) {
            long outer = tooLarge;
            tooLarge = 0;
            JsonNode value = read(node, status);
            before = new ResultOf(value, tooLarge);
            known.put(node.number(), before);
            tooLarge = outer;
        }
        tooLarge = Math.max(tooLarge, before.tooLarge());
        return before.value();
    }

    private @Nullable JsonNode read(Node node, NodeStatus status) {
        return switch (status.state) {
            case SUCCEEDED, PARTIAL -> made(node, status);
            case FAILED ->
                node.onFailure().kind() == FailureRule.Kind.RESULT
                        ? node.onFailure().result()
                        : null;
            case SKIPPED -> MissingNode.getInstance();
            case PENDING, WAITING, RUNNING, CANCELLED, UNREACHED -> null;
        };
    }

    private @Nullable JsonNode made(Node node, NodeStatus status) {
        return switch (node.step()) {
            case Step.Task task -> orNull(results.ofMember(node.number(), status.run, 0));
            case Step.Child child -> orNull(results.ofMember(node.number(), status.run, 0));
            case Step.Mapping map -> members(node, status, map);
            case Step.Wait wait -> status.result;
            case Step.Signal signal -> status.result;
            case Step.Chain chain ->
                orNull(result(flow.graph.node(node.children().getLast())));
            case Step.Group group -> list(node.children());
            case Step.Dag dag -> {
                ObjectNode made = NODES.objectNode();
                flow.graph.last(node).forEach(last -> made.set(last.name(), orNull(result(last))));
                yield made;
            }
        };
    }

    private @Nullable JsonNode members(Node node, NodeStatus status, Step.Mapping map) {
        long bytes = results.bytes(node.number(), status.run);
        if (bytes > MAX_BYTES) {
            tooLarge = Math.max(tooLarge, bytes);
            return null;
        }
        ArrayNode made = results.ofMembers(node.number(), status.run, status.size);
        return map.chunk() == 0 ? made : ofItems(node, status, map, made);
    }

    /** By the index of the item, null for all items of a chunk that failed. */
    private ArrayNode ofItems(Node node, NodeStatus status, Step.Mapping map, ArrayNode ofChunks) {
        ArrayNode list = NODES.arrayNode();
        for (int member = 0; member < ofChunks.size(); member++) {
            JsonNode values = Chunk.valuesOf(ofChunks.get(member)).orElseGet(NODES::arrayNode);
            int many = items.endOf(node, status, map, member) - map.firstOf(member);
            for (int i = 0; i < many; i++) {
                list.add(orNull(values.path(i)));
            }
        }
        return list;
    }

    private ArrayNode list(List<Integer> children) {
        ArrayNode list = NODES.arrayNode(children.size());
        children.forEach(child -> list.add(orNull(result(flow.graph.node(child)))));
        return list;
    }

    private static JsonNode orNull(@Nullable JsonNode value) {
        return value == null || value.isMissingNode() ? NullNode.instance : value;
    }
}
