package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.millrace.api.workflows.graph.MissingReference;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.graph.Template;
import dev.millrace.api.workflows.turn.NodeStatus.Items;

/** The items of maps that have begun, wherever they are kept. For one turn. */
final class MapItems {

    private final Results results;

    MapItems(Results results) {
        this.results = results;
    }

    /** The item of that index. */
    JsonNode item(Node node, NodeStatus status, Step.Mapping map, int index) {
        return isRange(map)
                ? IntNode.valueOf(map.from() + index)
                : holding(node, status, map, index).item(index);
    }

    /** The index behind that of the last item of a member. */
    int endOf(Node node, NodeStatus status, Step.Mapping map, int member) {
        boolean last = status.pagesOver && member == status.size - 1;
        return last ? count(node, status, map) : map.firstOf(member + 1);
    }

    /** How many there are, as far as they have been read. */
    int count(Node node, NodeStatus status, Step.Mapping map) {
        if (map.chunk() == 0) {
            return status.size;
        }
        return isRange(map)
                ? map.to() - map.from()
                : holding(node, status, map, Integer.MAX_VALUE).end();
    }

    static String tooMany(Step.Mapping map) {
        return "A map has at most %d items.".formatted(map.mostItems());
    }

    private static boolean isRange(Step.Mapping map) {
        return map.items() == null && map.pages() == null;
    }

    /** Those among which that index is; the last ones if it is behind all of them. */
    private Items holding(Node node, NodeStatus status, Step.Mapping map, int index) {
        Items fresh = status.fresh;
        if (fresh != null && index >= fresh.first()) {
            return fresh;
        }
        Items known = status.items;
        if (known == null || !known.has(index)) {
            known = map.items() != null && Template.isFixed(map.items())
                    ? new Items(0, 0, fixed(map.items()), null)
                    : results.items(node.number(), status.run, index);
            status.items = known;
        }
        return known;
    }

    private static JsonNode fixed(JsonNode items) {
        try {
            return Template.evaluate(items, place -> null);
        } catch (MissingReference impossible) {
            throw new IllegalStateException("It refers to nothing.", impossible);
        }
    }
}
