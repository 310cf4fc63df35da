package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.GraphReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One workflow in memory. Between two turns nothing is kept but what a table would keep. */
final class Played implements Results, Members {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final Graph graph;
    final List<Order> made = new ArrayList<>();
    final List<Order> live = new ArrayList<>();
    final List<String> signals = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();
    Instant now = START;

    @Nullable
    Instant deadline;

    boolean cancelRequested;
    Flow flow;
    private @Nullable Failure error;

    private final Map<String, JsonNode> results = new TreeMap<>();
    private final Map<String, Failure> failures = new TreeMap<>();
    private final Map<Integer, JsonNode> items = new TreeMap<>();
    private final List<int[]> mail = new ArrayList<>();
    private final JsonNode input;

    Played(JsonNode body) {
        this.graph = GraphReader.read(body).orThrow();
        this.input = body.path("input");
        this.flow = flow(
                graph.nodes().stream()
                        .map(node -> new NodeStatus(node.number()))
                        .toList(),
                WorkflowState.SCHEDULED,
                null);
    }

    static Played of(String body) {
        return new Played(StrictJson.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private Flow flow(List<NodeStatus> nodes, WorkflowState state, @Nullable Instant started) {
        return new Flow(
                new UUID(0, 1), "test", graph, input, nodes, 1, state, null, started, deadline, cancelRequested, error);
    }

    /** A turn with all that was heard; returns whether more members are to be made. */
    boolean turn(int atMost) {
        Flow ended = flow;
        error = flow.error();
        List<NodeStatus> nodes = flow.nodes().stream().map(Played::asWritten).toList();
        flow = flow(nodes, flow.state(), flow.started());
        Turn turn = new Turn(flow, this, this::take, this, now, atMost);
        mail.forEach(one -> turn.ended(one[0], 1, one[1], one[2]));
        mail.clear();
        boolean more = turn.advance();
        turn.cancelled().forEach(node -> cancelled.add(graph.node(node).name()));
        flow.nodes().stream()
                .filter(node -> node.newItems() != null)
                .forEach(node -> items.put(node.number(), node.newItems()));
        if (ended.state().ended()) {
            flow = ended;
        }
        return more;
    }

    /** Turns until nothing more is to be made. */
    void turn() {
        while (turn(100)) {
            // A window may be larger than a turn.
        }
    }

    private static NodeStatus asWritten(NodeStatus one) {
        return NodeStatus.of(
                one.number(),
                one.run(),
                one.state(),
                one.counters(),
                one.cause(),
                one.result(),
                one.error(),
                one.times());
    }

    String state(String node) {
        return flow.nodes()
                .get(graph.named(node).orElseThrow().number())
                .state()
                .name();
    }

    int run(String node) {
        return flow.nodes().get(graph.named(node).orElseThrow().number()).run();
    }

    /** Lets the only live member of a node succeed. */
    void succeed(String node, String result) {
        Order order = ofNode(node);
        end(order, StrictJson.read(result.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), null);
    }

    void fail(String node) {
        end(ofNode(node), null, new Failure("Bad", "It failed."));
    }

    private Order ofNode(String node) {
        return live.stream()
                .filter(order -> order.node() == graph.named(node).orElseThrow().number())
                .findFirst()
                .orElseThrow(() -> new AssertionError("No member of " + node + " lives."));
    }

    void end(Order order, @Nullable JsonNode result, @Nullable Failure failure) {
        live.remove(order);
        if (failure == null) {
            results.put(
                    key(order.node(), order.index()), result == null ? JsonNodeFactory.instance.nullNode() : result);
        } else {
            failures.put(key(order.node(), order.index()), failure);
        }
        if (order.node() >= 0) {
            mail.add(new int[] {order.node(), failure == null ? 1 : 0, failure == null ? 0 : 1});
        }
    }

    private static String key(int node, int index) {
        return node + "/" + index;
    }

    @Override
    public @Nullable Failure make(Order order) {
        if (order.payload() == null) {
            failures.put(key(order.node(), order.index()), order.failure());
            return order.failure();
        }
        made.add(order);
        live.add(order);
        return null;
    }

    private Optional<Inbox.Message> take(String signal, int node) {
        Iterator<String> sent = signals.iterator();
        while (sent.hasNext()) {
            if (sent.next().equals(signal)) {
                sent.remove();
                return Optional.of(new Inbox.Message(JsonNodeFactory.instance.textNode(signal), "tester", now));
            }
        }
        return Optional.empty();
    }

    @Override
    public @Nullable JsonNode ofMember(int node, int run, int index) {
        return results.get(key(node, index));
    }

    @Override
    public ArrayNode ofMembers(int node, int run, int size) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode result = results.get(key(node, i));
            list.add(result == null ? JsonNodeFactory.instance.nullNode() : result);
        }
        return list;
    }

    @Override
    public long bytes(int node, int run) {
        return 0;
    }

    @Override
    public @Nullable Failure error(int node, int run, int index) {
        return failures.get(key(node, index));
    }

    @Override
    public ArrayNode failures(int node, int run) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        failures.keySet().stream()
                .filter(key -> key.startsWith(node + "/"))
                .map(key -> Integer.parseInt(key.substring(key.indexOf('/') + 1)))
                .sorted()
                .forEach(index -> list.addObject().put("index", index));
        return list;
    }

    @Override
    public JsonNode items(int node, int run) {
        return Objects.requireNonNull(items.get(node), "They were kept.");
    }
}
