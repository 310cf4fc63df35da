package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.jobs.request.RetryReader;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.GraphReader;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.turn.NodeStatus.Items;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One workflow in memory, with those inside it. Between two turns nothing is kept but what a table would keep. */
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
    boolean compensateRequested;

    /** How often a list of results was read. */
    int listsRead;

    Flow flow;
    private @Nullable Failure error;
    private Attempt attempt = Attempt.ONLY;

    private final Map<String, JsonNode> results = new TreeMap<>();
    private final Map<String, Failure> failures = new TreeMap<>();
    private final List<Kept> items = new ArrayList<>();
    private final List<int[]> mail = new ArrayList<>();
    private final JsonNode input;
    private final @Nullable JsonNode borrowed;
    private final @Nullable Played around;
    private final @Nullable Order place;
    private final Map<String, Played> children = new LinkedHashMap<>();

    Played(JsonNode body) {
        this(GraphReader.read(body).orThrow(), body.path("input"), null, null, null);
    }

    private Played(
            Graph graph, JsonNode input, @Nullable JsonNode borrowed, @Nullable Played around, @Nullable Order place) {
        this.graph = graph;
        this.input = input;
        this.borrowed = borrowed;
        this.around = around;
        this.place = place;
        if (place != null && place.body() instanceof Step.Child child && child.retry() != null) {
            attempt = new Attempt(1, RetryReader.policy(child.retry()), null);
        }
        this.flow = flow(
                graph.nodes().stream()
                        .map(node -> new NodeStatus(node.number()))
                        .toList(),
                WorkflowState.SCHEDULED,
                null);
    }

    private record Kept(int node, int run, Items items) {}

    /** From what failed, here and inside, as the tables would do it; whatever failed lives again. */
    void retry() {
        retry(1);
    }

    private void retry(int number) {
        attempt = new Attempt(number, attempt.policy(), null);
        cancelRequested = false;
        if (flow.compensated() != null) {
            Retry.fromStart(flow);
            return;
        }
        Set<Integer> again = Retry.fromFailed(flow);
        flow.nodes().stream().filter(node -> again.contains(node.number())).forEach(this::retry);
    }

    private void retry(NodeStatus node) {
        String set = node.number() + "/" + node.run() + "/";
        made.stream()
                .filter(order -> order.node() == node.number() && order.run() == node.run())
                .filter(order -> failures.containsKey(key(order.node(), order.run(), order.index())))
                .filter(order -> !children.containsKey(key(order.node(), order.run(), order.index())))
                .forEach(order -> {
                    failures.remove(key(order.node(), order.run(), order.index()));
                    live.add(order);
                    mail.add(new int[] {order.node(), 0, -1, 0, order.run()});
                });
        children.forEach((key, child) -> {
            WorkflowState state = child.flow.state();
            if (key.startsWith(set) && state != WorkflowState.SUCCEEDED) {
                failures.remove(key);
                node.goOn(state == WorkflowState.PARTIAL ? 1 : 0, state == WorkflowState.PARTIAL ? 0 : 1);
                child.retry();
            }
        });
    }

    static Played of(String body) {
        return new Played(json(body));
    }

    /** With quotes of either kind. */
    static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** The payloads of the jobs that were made, in their order. */
    List<String> payloads() {
        return made.stream().map(order -> String.valueOf(order.payload())).toList();
    }

    /** Ends the live member of a node that has that index. */
    void end(String node, int index, @Nullable JsonNode result) {
        Order order = live.stream()
                .filter(one -> one.node() == graph.named(node).orElseThrow().number() && one.index() == index)
                .findFirst()
                .orElseThrow();
        end(order, result, result == null ? new Failure("Bad", "It failed.") : null);
    }

    private Flow flow(List<NodeStatus> nodes, WorkflowState state, @Nullable Instant started) {
        return new Flow(
                new UUID(0, 1),
                "test",
                graph,
                input,
                borrowed,
                nodes,
                1,
                state,
                null,
                started,
                deadline,
                cancelRequested,
                compensateRequested,
                attempt,
                error);
    }

    /** A turn with all that was heard; returns whether more members are to be made. */
    boolean turn(int atMost) {
        if (attempt.isOver(now()) && !cancelRequested) {
            retry(attempt.number() + 1);
        }
        Flow ended = flow;
        error = flow.error();
        List<NodeStatus> nodes = flow.nodes().stream().map(Played::asWritten).toList();
        flow = flow(nodes, flow.state(), flow.started());
        Turn turn = new Turn(flow, this, this::take, this, now(), atMost);
        mail.forEach(one -> {
            if (one[3] < 0) {
                turn.pageEnded(one[0], one[4], one[1] > 0);
            } else {
                turn.ended(one[0], one[4], one[1], one[2]);
                if (turn.takesGrafts(one[0], one[4])) {
                    graft(turn, one[0], one[4]);
                }
            }
        });
        mail.clear();
        boolean more = turn.advance();
        turn.cancelled().forEach(this::cancel);
        flow.nodes().stream()
                .filter(node -> node.newItems() != null)
                .forEach(node ->
                        items.add(new Kept(node.number(), node.run(), Objects.requireNonNull(node.newItems()))));
        attempt = new Attempt(attempt.number(), attempt.policy(), flow.attempt().next());
        if (ended.state().ended()) {
            flow = ended;
        } else if (flow.state().ended() && around != null && place != null) {
            around.childEnded(place, flow);
        }
        return more;
    }

    /** Puts workflows into the places of members whose tasks have returned them. */
    private void graft(Turn turn, int node, int run) {
        List<Order> returned = made.stream()
                .filter(order -> order.node() == node && order.run() == run)
                .filter(order -> results.getOrDefault(key(node, run, order.index()), MissingNode.getInstance())
                        .has("$flow"))
                .toList();
        int runs = 0;
        for (Order order : returned) {
            String key = key(node, run, order.index());
            JsonNode body = Objects.requireNonNull(results.remove(key)).get("$flow");
            Checked<Graph> read = GraphReader.read(body);
            if (read.refusal().isPresent()) {
                failures.put(key, new Failure("GraftInvalid", null));
            } else {
                runs++;
                children.put(key, new Played(read.orThrow(), body.path("input"), null, this, order));
            }
        }
        if (!returned.isEmpty()) {
            turn.grafted(node, run, runs, returned.size() - runs);
        }
    }

    private void turnWhole() {
        while (turn(100)) {
            // A window may be larger than a turn.
        }
    }

    private Instant now() {
        return around == null ? now : around.now();
    }

    private void cancel(int node) {
        cancelled.add(graph.node(node).name());
        children.forEach((key, child) -> {
            if (key.startsWith(node + "/")) {
                child.cancelRequested = true;
            }
        });
    }

    private void childEnded(Order order, Flow child) {
        boolean succeeded = child.state() == WorkflowState.SUCCEEDED || child.state() == WorkflowState.PARTIAL;
        String key = key(order.node(), order.run(), order.index());
        if (succeeded) {
            results.put(key, child.output() == null ? JsonNodeFactory.instance.nullNode() : child.output());
        } else {
            Failure failure = child.error();
            failures.put(key, failure == null ? new Failure(child.state().name(), null) : failure);
        }
        mail.add(new int[] {order.node(), succeeded ? 1 : 0, succeeded ? 0 : 1, 0, order.run()});
    }

    /** How often it was tried since somebody asked for it. */
    int attempt() {
        return attempt.number();
    }

    /** The one of which it is a member; null if it is none. */
    @Nullable
    Played around() {
        return around;
    }

    /** The node of that one of which it is a member. */
    String placeName() {
        return Objects.requireNonNull(around)
                .graph
                .node(Objects.requireNonNull(place).node())
                .name();
    }

    /** Where it is: the nodes and indices of those around it. */
    String path() {
        return around == null || place == null
                ? ""
                : around.path() + around.graph.node(place.node()).name() + "/" + place.index() + "/";
    }

    /** It and all that are inside it. */
    List<Played> tree() {
        List<Played> tree = new ArrayList<>(List.of(this));
        children.values().forEach(child -> tree.addAll(child.tree()));
        return tree;
    }

    /** It and all inside that are members of the latest runs of their nodes. */
    List<Played> latest() {
        List<Played> tree = new ArrayList<>(List.of(this));
        children.values().stream()
                .filter(child -> isLatest(Objects.requireNonNull(child.place)))
                .forEach(child -> tree.addAll(child.latest()));
        return tree;
    }

    /** Whether it was made for the latest run of its node. */
    boolean isLatest(Order order) {
        return order.node() >= 0
                && order.run() == flow.nodes().get(order.node()).run();
    }

    /** The workflow inside it that is the first member of a node. */
    Played child(String node) {
        return child(node, 0);
    }

    Played child(String node, int index) {
        return Objects.requireNonNull(
                children.get(key(graph.named(node).orElseThrow().number(), run(node), index)), "It was made.");
    }

    /** Turns until nothing more is to be made, also inside. */
    void turn() {
        int before;
        do {
            before = tree().size();
            tree().forEach(Played::turnWhole);
            tree().reversed().forEach(Played::turnWhole);
        } while (tree().size() > before);
        if (around == null && tree().stream().anyMatch(one -> !one.mail.isEmpty())) {
            turn();
        }
    }

    private static NodeStatus asWritten(NodeStatus one) {
        return NodeStatus.of(
                        one.number(),
                        one.run(),
                        one.state(),
                        one.counters(),
                        one.undo(),
                        one.cause(),
                        one.result(),
                        one.error(),
                        one.times())
                .with(one.pages())
                .withGrafts(one.grafts());
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
        end(order, json(result), null);
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
                    key(order.node(), order.run(), order.index()),
                    result == null ? JsonNodeFactory.instance.nullNode() : result);
        } else {
            failures.put(key(order.node(), order.run(), order.index()), failure);
        }
        if (order.node() >= 0 || order.node() <= Ending.UNDO) {
            mail.add(new int[] {
                order.node(), failure == null ? 1 : 0, failure == null ? 0 : 1, Math.min(order.index(), 0), order.run()
            });
        }
    }

    private static String key(int node, int run, int index) {
        return node + "/" + run + "/" + index;
    }

    @Override
    public @Nullable Failure make(Order order) {
        if (order.payload() == null) {
            failures.put(key(order.node(), order.run(), order.index()), order.failure());
            return order.failure();
        }
        if (order.body() instanceof Step.Child child) {
            Played before = children.put(
                    key(order.node(), order.run(), order.index()),
                    new Played(Objects.requireNonNull(child.graph()), order.payload(), order.borrowed(), this, order));
            assertThat(before).as("W2").isNull();
            return null;
        }
        made.add(order);
        live.add(order);
        return null;
    }

    Optional<Inbox.Message> take(String signal, int node) {
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
        return results.get(key(node, run, index));
    }

    @Override
    public ArrayNode ofMembers(int node, int run, int size) {
        listsRead++;
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode result = results.get(key(node, run, i));
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
        return failures.get(key(node, run, index));
    }

    @Override
    public ArrayNode failures(int node, int run) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        failures.keySet().stream()
                .filter(key -> key.startsWith(node + "/" + run + "/"))
                .map(key -> Integer.parseInt(key.substring(key.lastIndexOf('/') + 1)))
                .sorted()
                .forEach(index -> list.addObject().put("index", index));
        return list;
    }

    @Override
    public boolean anyPartial(int node, int run) {
        return children.entrySet().stream()
                .anyMatch(child -> child.getKey().startsWith(node + "/" + run + "/")
                        && child.getValue().flow.state() == WorkflowState.PARTIAL);
    }

    @Override
    public Items items(int node, int run, int index) {
        return items.stream()
                .filter(one ->
                        one.node() == node && one.run() == run && one.items().first() <= index)
                .map(Kept::items)
                .max(Comparator.comparingInt(Items::page))
                .orElseThrow();
    }

    @Override
    public JsonNode cursor(int node, int run, int page) {
        return items.stream()
                .filter(one ->
                        one.node() == node && one.run() == run && one.items().page() == page)
                .map(one -> Objects.requireNonNull(one.items().next(), "It is not the last."))
                .findFirst()
                .orElseThrow();
    }
}
