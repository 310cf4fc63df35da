package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.workflows.graph.Edge.On;
import dev.millrace.api.workflows.graph.GraphReader.Budget;
import dev.millrace.api.workflows.graph.GraphReader.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the steps of a graph come after. */
final class EdgeReader {

    private final Findings findings;
    private final Budget budget;
    private final List<Draft> drafts;

    /**
     * Reads nothing yet.
     *
     * @param drafts of all steps, to which others may be added later
     */
    EdgeReader(Findings findings, Budget budget, List<Draft> drafts) {
        this.findings = findings;
        this.budget = budget;
        this.drafts = drafts;
    }

    /** Of the steps of a scope, which are all known. */
    void read(Draft scope, String pointer) {
        scope.children.forEach(child -> after(scope, drafts.get(child)));
        refuseCycle(scope, pointer);
    }

    private void after(Draft scope, Draft node) {
        JsonNode after = node.fields.object().path("after");
        String pointer = node.fields.pointer("after");
        if (!after.isMissingNode() && !after.isArray()) {
            findings.graph(pointer, "'after' is to be a list of steps of the same graph.");
            return;
        }
        Set<Integer> known = new HashSet<>();
        for (int i = 0; i < after.size(); i++) {
            Edge edge = edge(scope, after.get(i), pointer + "/" + i);
            if (edge != null && known.add(edge.node())) {
                node.after.add(edge);
                if (budget.isFirstTooMany()) {
                    findings.graph(pointer, "A graph has at most " + GraphReader.MAX_EDGES + " edges.");
                }
            } else if (edge != null) {
                findings.graph(pointer + "/" + i, "The step is named twice.");
            }
        }
    }

    private @Nullable Edge edge(Draft scope, JsonNode json, String pointer) {
        String name = json.isTextual() ? json.textValue() : json.path("node").asText();
        String on = json.isTextual() ? "success" : json.path("on").asText("success");
        On wanted = Stream.of(On.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(on))
                .findFirst()
                .orElse(null);
        Draft before = scope.children.stream()
                .map(drafts::get)
                .filter(one -> one.name.equals(name))
                .findFirst()
                .orElse(null);
        if (before == null) {
            findings.graph(pointer, "There is no such step in this graph.");
        }
        if (wanted == null || (json.isObject() && json.size() > (json.has("on") ? 2 : 1))) {
            findings.graph(
                    pointer, "An edge is a name, or {\"node\": name, \"on\": \"success\", \"failure\" or \"any\"}.");
        }
        return before == null || wanted == null ? null : new Edge(before.number, wanted);
    }

    /** Takes away whatever nothing is before, until nothing is left, or a cycle. */
    private void refuseCycle(Draft scope, String pointer) {
        Map<Integer, Integer> waits = new HashMap<>();
        Map<Integer, List<Integer>> followers = new HashMap<>();
        scope.children.forEach(child -> {
            waits.put(child, drafts.get(child).after.size());
            drafts.get(child)
                    .after
                    .forEach(edge -> followers
                            .computeIfAbsent(edge.node(), one -> new ArrayList<>())
                            .add(child));
        });
        List<Integer> free = new ArrayList<>(scope.children.stream()
                .filter(child -> drafts.get(child).after.isEmpty())
                .toList());
        while (!free.isEmpty()) {
            int done = free.removeLast();
            waits.remove(done);
            followers.getOrDefault(done, List.of()).forEach(follower -> {
                if (waits.merge(follower, -1, Integer::sum) == 0) {
                    free.add(follower);
                }
            });
        }
        if (!waits.isEmpty()) {
            String names = String.join(
                    ", ",
                    waits.keySet().stream()
                            .map(one -> drafts.get(one).name)
                            .sorted()
                            .limit(10)
                            .toList());
            findings.graph(pointer, "These steps wait for each other: " + names + ".");
        }
    }
}
