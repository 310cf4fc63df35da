package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Steps of which each runs when those that it comes after have. Its result is an object: that of each step that nothing comes after. */
public final class GraphStep extends Step<GraphStep> {

    GraphStep(ObjectNode json) {
        super(json);
    }

    /** What has to become of a step before another one runs. */
    public enum On {
        SUCCESS,
        FAILURE,
        ANY
    }

    /** A step that another one comes after. */
    public record After(String node, On on) {

        /** However it ends. */
        public static After any(String node) {
            return new After(node, On.ANY);
        }

        /** Only if it fails. */
        public static After failure(String node) {
            return new After(node, On.FAILURE);
        }
    }

    @Override
    GraphStep copy(ObjectNode fields) {
        return new GraphStep(fields);
    }

    /**
     * With one more step, which runs when those of these names have succeeded.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public GraphStep node(String name, Step<?> step, String... after) {
        return node(
                name,
                step,
                List.of(after).stream().map(one -> new After(one, On.SUCCESS)).toList());
    }

    /** As {@link #node(String, Step, String...)}, where it matters what became of those before it. */
    public GraphStep node(String name, Step<?> step, List<After> after) {
        ObjectNode steps = (ObjectNode) field("graph").deepCopy();
        if (steps.has(name)) {
            throw new IllegalArgumentException("The graph has a step '%s' already.".formatted(name));
        }
        ObjectNode own = step.named(name).json();
        own.remove("name");
        if (!after.isEmpty()) {
            ArrayNode edges = own.putArray("after");
            after.forEach(one -> edge(edges, one));
        }
        return with("graph", steps.set(name, own));
    }

    private static void edge(ArrayNode edges, After after) {
        if (after.on() == On.SUCCESS) {
            edges.add(after.node());
        } else {
            edges.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("node", after.node())
                    .put("on", after.on().name().toLowerCase(Locale.ROOT)));
        }
    }
}
