package dev.millrace.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The beginnings of flows, for a static import. */
public final class Flows {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Flows() {}

    /** A job of that task. */
    public static TaskStep task(String task) {
        return new TaskStep(Step.only("task", task));
    }

    /** A job of that task, as a step that can be referred to. */
    public static TaskStep task(String name, String task) {
        return task(task).named(name);
    }

    /**
     * Steps one after the other.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ChainStep chain(Step<?>... steps) {
        if (steps.length == 0) {
            throw new IllegalArgumentException("A chain has a step or more.");
        }
        return new ChainStep(Step.only("chain", list(steps)));
    }

    /** Steps side by side. */
    public static GroupStep group(Step<?>... steps) {
        return new GroupStep(Step.only("group", list(steps)));
    }

    /** Steps of which each says after which others it comes; it has none yet. */
    public static GraphStep graph() {
        return new GraphStep(Step.only("graph", NODES.objectNode()));
    }

    /** A step for each item of a list, which is still to be named. */
    public static MapStep map() {
        return new MapStep(Step.only("map", NODES.objectNode()));
    }

    /** As {@link #map()}, as a step that can be referred to. */
    public static MapStep map(String name) {
        return map().named(name);
    }

    /**
     * A child workflow.
     *
     * @param definition its name, or name and version as in {@code post.write@2}
     */
    public static WorkflowStep workflow(String definition) {
        return new WorkflowStep(Step.only("workflow", definition));
    }

    /** A child workflow that has no definition. */
    public static WorkflowStep workflow(Flow flow) {
        return new WorkflowStep(Step.only("workflow", flow.json()));
    }

    /** A pause of that length. */
    public static WaitStep waitFor(Duration length) {
        return wait("for", NODES.textNode(length.toString()));
    }

    /** A pause until that time: an {@link Instant}, or a reference to a text that is one. */
    public static WaitStep waitUntil(Object time) {
        return wait(
                "until",
                time instanceof Instant instant
                        ? NODES.textNode(instant.toString())
                        : value(time).json());
    }

    private static WaitStep wait(String what, JsonNode value) {
        return new WaitStep(Step.only("wait", Step.only(what, value)));
    }

    /** Waits for a message of that name. */
    public static SignalStep signal(String signal) {
        return new SignalStep(Step.only("signal", signal));
    }

    /** As {@link #signal(String)}, as a step that can be referred to. */
    public static SignalStep signal(String name, String signal) {
        return signal(signal).named(name);
    }

    /** A place in the document of the workflow, such as {@code /input/month}. */
    public static Ref ref(String pointer) {
        return new Ref(pointer, null);
    }

    /** What the workflow was given. */
    public static Ref input() {
        return ref("/input");
    }

    /** The result of the step before, in the nearest chain around. */
    public static Ref prev() {
        return ref("/prev");
    }

    /** The item that a map is at. */
    public static Ref item() {
        return ref("/item");
    }

    /** The number of that item, from 0. */
    public static Ref index() {
        return ref("/index");
    }

    /** Where a page of items begins. */
    public static Ref cursor() {
        return ref("/cursor");
    }

    /** How the workflow ended, for its callbacks. */
    public static Ref outcome() {
        return ref("/outcome");
    }

    /** What became of the step of that name. */
    public static StepPlace step(String name) {
        return new StepPlace(name);
    }

    /** A text with places in it: {@code "Report for {/input/month}"}. A brace that is meant as one is written twice. */
    public static Value text(String template) {
        return new Value.Constant(Step.only("$text", template));
    }

    /** A constant as it is, also if its names begin with {@code $}. */
    public static Value literal(@Nullable Object constant) {
        return new Value.Constant(Step.only("$literal", constant(constant)));
    }

    /** An object of names and values in turn. */
    public static Value object(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("An object is names and values in turn; the last name has no value.");
        }
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("The name of a field is a text.");
            }
            object.set(name, value(namesAndValues[i + 1]).json());
        }
        return new Value.Constant(object);
    }

    /**
     * A value of what Java has: a {@link Value} itself, null, a text, a truth, a number, a time, a duration, or a map or a list of
     * these.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Value value(@Nullable Object from) {
        return from instanceof Value value ? value : new Value.Constant(node(from, true));
    }

    /** As {@link #value}, without any reference in it. */
    static JsonNode constant(@Nullable Object from) {
        return node(from, false);
    }

    /** The value that a JSON text is. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("The text is not JSON.", broken);
        }
    }

    private static JsonNode node(@Nullable Object from, boolean withValues) {
        if (from == null) {
            return NODES.nullNode();
        }
        return switch (from) {
            case Value value when withValues -> value.json();
            case JsonNode json -> json.deepCopy();
            case CharSequence text -> NODES.textNode(text.toString());
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            case BigInteger number -> NODES.numberNode(number);
            case Instant time -> NODES.textNode(time.toString());
            case Duration length -> NODES.textNode(length.toString());
            case Map<?, ?> fields -> object(fields, withValues);
            case Iterable<?> items -> list(items, withValues);
            default ->
                throw new IllegalArgumentException(
                        "No %s can stand in a flow here; make a map, a list, a text or a number of it."
                                .formatted(from.getClass().getSimpleName()));
        };
    }

    private static ObjectNode object(Map<?, ?> fields, boolean withValues) {
        ObjectNode object = NODES.objectNode();
        fields.forEach((name, value) -> object.set(Objects.requireNonNull(name).toString(), node(value, withValues)));
        return object;
    }

    private static ArrayNode list(Iterable<?> items, boolean withValues) {
        ArrayNode list = NODES.arrayNode();
        items.forEach(item -> list.add(node(item, withValues)));
        return list;
    }

    private static ArrayNode list(Step<?>... steps) {
        ArrayNode list = NODES.arrayNode();
        for (Step<?> step : steps) {
            list.add(step.json());
        }
        return list;
    }
}
