package dev.millrace.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A step for each item of a list. Its result is the list of theirs, by the index of the item. */
public final class MapStep extends FanStep<MapStep> {

    MapStep(ObjectNode json) {
        super(json);
    }

    @Override
    MapStep copy(ObjectNode fields) {
        return new MapStep(fields);
    }

    /** The list: a reference to one, or a constant one. */
    public MapStep items(@Nullable Object list) {
        return map("items", Flows.value(list).json());
    }

    /** The whole numbers from the first on, without the last. */
    public MapStep range(long from, long to) {
        ObjectNode range =
                JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
        return map("items", only("range", range));
    }

    /** A list of any length: each call of this task returns {@code {items, next?}}, and {@code next} is the next call's cursor. */
    public MapStep pages(TaskStep page) {
        return map("items", only("pages", page.json()));
    }

    /** What is done with each item, {@link Flows#item()}. */
    public MapStep each(Step<?> step) {
        return map("each", step.json());
    }

    /** How many may be live at once, 1 to 10,000. */
    public MapStep window(int most) {
        return map("window", Flows.constant(most));
    }

    /** A job takes so many items, 1 to 1,000: its task runs once for each. {@link #each} is to be a task. */
    public MapStep chunk(int size) {
        return map("chunk", Flows.constant(size));
    }

    private MapStep map(String name, JsonNode value) {
        ObjectNode map = (ObjectNode) field("map").deepCopy();
        return with("map", map.set(name, value));
    }
}
