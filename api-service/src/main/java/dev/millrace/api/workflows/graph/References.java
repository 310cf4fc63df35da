package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.workflows.graph.Graph.Borrowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Checks that whatever templates and conditions name is certain to be there, or to be known not to be, when they are evaluated. */
final class References {

    private static final Set<String> OF_STEP = Set.of("result", "state", "error", "counts", "failures");
    private static final Set<String> AROUND = Set.of("item", "index");
    private static final Set<String> OF_WORKFLOW = Set.of("id", "name", "run", "startedAt");

    private static final View BEHIND = new View(null, Set.of("outcome"));

    private final Graph graph;
    private final Findings findings;
    private final boolean borrows;
    private final List<Borrowed> borrowed = new ArrayList<>();

    /** @param borrows whether what is not in the graph is looked for around it */
    References(Graph graph, Findings findings, boolean borrows) {
        this.graph = graph;
        this.findings = findings;
        this.borrows = borrows;
    }

    /** From where places are seen: from a node, or behind all of them. */
    private record View(@Nullable Node node, Set<String> besides) {}

    /** Returns what the graph needs of the one around it. */
    List<Borrowed> check() {
        graph.nodes().forEach(this::check);
        graph.callbacks()
                .forEach((callback, task) ->
                        template(task.payload(), graph.pointer() + "/on/" + callback.key() + "/payload", BEHIND));
        template(graph.output(), graph.pointer() + "/output", new View(null, Set.of()));
        return borrowed;
    }

    private void check(Node node) {
        View view = new View(node, Set.of());
        if (node.when() != null) {
            Condition.visit(node.when(), node.pointer() + "/when", seenFrom(view), findings::graph);
        }
        if (node.compensate() != null) {
            template(node.compensate().payload(), node.pointer() + "/compensate/payload", BEHIND);
        }
        switch (node.step()) {
            case Step.Task task -> task(node, task, view);
            case Step.Mapping map -> {
                template(map.items(), node.pointer() + "/map/items", view);
                if (map.pages() != null) {
                    String pages = node.pointer() + "/map/items/pages/payload";
                    template(map.pages().payload(), pages, new View(node, Set.of("cursor")));
                }
                View inside = new View(node, Set.of("item", "index"));
                switch (map.each()) {
                    case Step.Task task -> template(task.payload(), node.pointer() + "/map/each/payload", inside);
                    case Step.Child child -> child(child, node.pointer() + "/map/each", inside);
                }
            }
            case Step.Child child -> child(child, node.pointer(), view);
            case Step.Wait wait -> template(wait.until(), node.pointer() + "/wait/until", view);
            case Step.Signal signal -> {}
            case Step.Chain chain -> {}
            case Step.Group group -> {}
            case Step.Dag dag -> {}
        }
    }

    private void child(Step.Child child, String pointer, View view) {
        template(child.input(), pointer + "/input", view);
        if (child.graph() != null) {
            child.graph().borrowed().forEach(one -> check(one.pointer(), one.place(), view));
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
            case "input" -> borrow(pointer, place);
            case "prev" -> {
                if (!borrows || view.node() == null || graph.before(view.node()).isPresent()) {
                    prev(pointer, view);
                } else {
                    borrow(pointer, place);
                }
            }
            case "steps" -> step(pointer, place, view);
            case "workflow" -> {
                if (!OF_WORKFLOW.contains(place.token(1)) || place.tokens().size() > 2) {
                    findings.graph(pointer, "Of the workflow there are 'id', 'name', 'run' and 'startedAt'.");
                }
            }
            default -> {
                boolean around = borrows && AROUND.contains(place.first());
                if (around && !view.besides().contains(place.first())) {
                    borrow(pointer, place);
                } else if (!view.besides().contains(place.first())) {
                    findings.graph(
                            pointer,
                            "What is referred to here is /input, /prev, /steps/<name> or /workflow; /item and /index in a map, /cursor in"
                                    + " its pages, /outcome"
                                    + " under 'on'.");
                }
            }
        }
    }

    private void borrow(String pointer, Pointer place) {
        if (borrows) {
            borrowed.add(new Borrowed(pointer, place));
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
        if (named == null && borrows) {
            borrow(pointer, place);
            return;
        }
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
        Step.Body body = node.step().body();
        if (body != null && body.ignoresResult()) {
            findings.graph(pointer, "The step ignores its result, so that there is none to refer to.");
        }
    }
}
