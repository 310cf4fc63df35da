package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named place in a graph.
 *
 * @param name unique in the graph
 * @param label for people; null without one
 * @param pointer where it stands in what the client sent
 * @param parent the number of its scope; −1 for the root
 * @param after what it waits for, all of it siblings
 * @param children in the order of writing
 * @param when null if it always runs
 * @param compensate what undoes it when its workflow fails; null if nothing does
 */
public record Node(
        int number,
        String name,
        @Nullable String label,
        String pointer,
        int parent,
        List<Edge> after,
        List<Integer> children,
        Step step,
        @Nullable JsonNode when,
        FailureRule onFailure,
        Step.@Nullable Task compensate) {

    public Node {
        after = List.copyOf(after);
        children = List.copyOf(children);
    }

    public boolean isRoot() {
        return parent < 0;
    }
}
