package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Checks that whatever templates and conditions name is certain to be there, or to be known not to be, when they are evaluated. */
final class References {

    private static final Set<String> OF_STEP = Set.of("result", "state", "error", "counts", "failures");
    private static final Set<String> OF_WORKFLOW = Set.of("id", "name", "run", "startedAt");

    private final Graph graph;
    private final Findings findings;

    References(Graph graph, Findings findings) {
        this.graph = graph;
        this.findings = findings;
    }

    /** From where places are seen: from a node, or behind all of them. */
    private record View(@Nullable Node node, Set<String> besides) {}

    void check() {
        graph.nodes().forEach(this::check);
        View behind = new View(null, Set.of("outcome"));
        graph.callbacks()
                .forEach((callback, task) -> template(task.payload(), "/on/" + callback.key() + "/payload", behind));
        template(graph.output(), "/output", new View(null, Set.of()));
    }

    private void check(Node node) {
        View view = new View(node, Set.of());
        if (node.when() != null) {
            Condition.visit(node.when(), node.pointer() + "/when", seenFrom(view), findings::graph);
        }
        switch (node.step()) {
            case Step.Task task -> task(node, task, view);
            case Step.Mapping map -> {
                template(map.items(), node.pointer() + "/map/items", view);
                template(
                        map.each().payload(),
                        node.pointer() + "/map/each/payload",
                        new View(node, Set.of("item", "index")));
            }
            case Step.Wait wait -> template(wait.until(), node.pointer() + "/wait/until", view);
            case Step.Signal signal -> {}
            case Step.Chain chain -> {}
            case Step.Group group -> {}
            case Step.Dag dag -> {}
        }
    }

    private void task(Node node, Step.Task task, View view) {
        if (task.payload() != null) {
            template(task.payload(), node.pointer() + "/payload", view);
        } else {
            prev(node.pointer(), view);
        }
    }

    private void template(@Nullable JsonNode template, String pointer, View view) {
        if (template != null) {
            Template.visit(template, pointer, seenFrom(view), findings::graph);
        }
    }

    private BiConsumer<String, Pointer> seenFrom(View view) {
        return (pointer, place) -> check(pointer, place, view);
    }

    private void check(String pointer, Pointer place, View view) {
        switch (place.first()) {
            case "input" -> {}
            case "prev" -> prev(pointer, view);
            case "steps" -> step(pointer, place, view);
            case "workflow" -> {
                if (!OF_WORKFLOW.contains(place.token(1)) || place.tokens().size() > 2) {
                    findings.graph(pointer, "Of the workflow there are 'id', 'name', 'run' and 'startedAt'.");
                }
            }
            default -> {
                if (!view.besides().contains(place.first())) {
                    findings.graph(
                            pointer,
                            "What is referred to here is /input, /prev, /steps/<name> or /workflow; /item and /index in a map, /outcome"
                                    + " under 'on'.");
                }
            }
        }
    }

    private void prev(String pointer, View view) {
        Node node = view.node();
        Optional<Node> before = node == null ? Optional.empty() : graph.before(node);
        before.ifPresentOrElse(
                one -> requireResult(pointer, one),
                () -> findings.graph(pointer, "No step of a chain comes before this one: say what its payload is."));
    }

    private void step(String pointer, Pointer place, View view) {
        Node named = graph.named(place.token(1)).orElse(null);
        if (named == null) {
            findings.graph(pointer, "There is no step of this name.");
            return;
        }
        if (!OF_STEP.contains(place.token(2))) {
            findings.graph(pointer, "Of a step there are 'result', 'state', 'error', 'counts' and 'failures'.");
        }
        Node node = view.node();
        if (node != null && !graph.isBefore(named, node)) {
            findings.graph(pointer, "It is not certain that the step has ended before this one begins.");
        }
        if (place.token(2).equals("result")) {
            requireResult(pointer, named);
        }
    }

    private void requireResult(String pointer, Node node) {
        boolean ignored = switch (node.step()) {
            case Step.Task task -> task.ignoresResult();
            case Step.Mapping map -> map.each().ignoresResult();
            default -> false;
        };
        if (ignored) {
            findings.graph(pointer, "The step ignores its result, so that there is none to refer to.");
        }
    }
}
