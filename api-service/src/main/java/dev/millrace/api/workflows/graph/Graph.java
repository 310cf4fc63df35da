package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A graph that was checked and laid out.
 *
 * @param pointer of what holds it in what the client sent
 * @param borrowed the places in the document of the graph around it that it needs; none unless it is the body of a map
 * @param nodes by their numbers
 * @param byName the numbers by the names
 * @param output the template of what a run of it makes; null for the result of its root
 */
public record Graph(
        String pointer,
        List<Node> nodes,
        Map<String, Integer> byName,
        Map<Callback, Step.Task> callbacks,
        @Nullable JsonNode output,
        List<Borrowed> borrowed) {

    public Graph {
        nodes = List.copyOf(nodes);
        byName = Map.copyOf(byName);
        callbacks = Map.copyOf(callbacks);
        borrowed = List.copyOf(borrowed);
    }

    /**
     * A place that the graph around has to look up.
     *
     * @param pointer of where it is named in what the client sent
     */
    public record Borrowed(String pointer, Pointer place) {}

    /** The same with what it needs of the graph around it. */
    Graph borrowing(List<Borrowed> places) {
        return new Graph(pointer, nodes, byName, callbacks, output, places);
    }

    /** The tasks of its steps, and of those of the graphs in it that stand here. */
    public Stream<Step.Task> tasks() {
        return nodes.stream().flatMap(Graph::tasks);
    }

    private static Stream<Step.Task> tasks(Node node) {
        Stream<Step.Task> own = switch (node.step().body()) {
            case Step.Task task -> Stream.of(task);
            case Step.Child child ->
                child.graph() == null ? Stream.empty() : child.graph().tasks();
            case null -> Stream.empty();
        };
        Stream<Step.Task> pages =
                node.step() instanceof Step.Mapping map ? Stream.ofNullable(map.pages()) : Stream.empty();
        return Stream.of(own, pages, Stream.ofNullable(node.compensate())).flatMap(tasks -> tasks);
    }

    public Node root() {
        return nodes.getFirst();
    }

    public Node node(int number) {
        return nodes.get(number);
    }

    public Optional<Node> named(String name) {
        return Optional.ofNullable(byName.get(name)).map(nodes::get);
    }

    /** The step before, in the nearest chain around in which there is one. */
    public Optional<Node> before(Node node) {
        for (Node one = node; !one.isRoot(); one = node(one.parent())) {
            Node scope = node(one.parent());
            int place = scope.children().indexOf(one.number());
            if (scope.step() instanceof Step.Chain && place > 0) {
                return Optional.of(node(scope.children().get(place - 1)));
            }
        }
        return Optional.empty();
    }

    /** Those children of a scope that nothing comes after. */
    public List<Node> last(Node scope) {
        BitSet followed = new BitSet();
        scope.children().forEach(child -> node(child).after().forEach(edge -> followed.set(edge.node())));
        return scope.children().stream()
                .filter(child -> !followed.get(child))
                .map(this::node)
                .toList();
    }

    /** Whether one is certain to have settled before the other is decided. */
    boolean isBefore(Node one, Node other) {
        for (Node later = other; !later.isRoot(); later = node(later.parent())) {
            Optional<Node> sibling = within(one, later.parent());
            if (sibling.isPresent()) {
                return comesBefore(sibling.get(), later);
            }
        }
        return false;
    }

    /** The child of that scope that is the node, or holds it. */
    private Optional<Node> within(Node node, int scope) {
        Node one = node;
        while (!one.isRoot() && one.parent() != scope) {
            one = node(one.parent());
        }
        return one.isRoot() ? Optional.empty() : Optional.of(one);
    }

    private boolean comesBefore(Node sibling, Node later) {
        if (node(later.parent()).step() instanceof Step.Chain) {
            return sibling.number() < later.number();
        }
        BitSet seen = new BitSet();
        List<Integer> open = new ArrayList<>(List.of(later.number()));
        while (!open.isEmpty()) {
            for (Edge edge : node(open.removeLast()).after()) {
                if (!seen.get(edge.node())) {
                    seen.set(edge.node());
                    open.add(edge.node());
                }
            }
        }
        return seen.get(sibling.number());
    }
}
