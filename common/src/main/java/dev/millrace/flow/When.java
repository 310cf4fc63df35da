package dev.millrace.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a step is to run, or else to be skipped. What this cannot say is for a task to find out. */
public final class When {

    private final JsonNode json;

    private When(JsonNode json) {
        this.json = json;
    }

    /** The place holds that. */
    public static When is(Ref place, @Nullable Object constant) {
        return of(place, "is", Flows.constant(constant));
    }

    /** The place holds one of these. */
    public static When in(Ref place, @Nullable Object... constants) {
        return of(place, "in", Flows.constant(Arrays.asList(constants)));
    }

    /** The place holds a number above that. */
    public static When above(Ref place, Number limit) {
        return of(place, "above", Flows.constant(limit));
    }

    /** The place holds a number below that. */
    public static When below(Ref place, Number limit) {
        return of(place, "below", Flows.constant(limit));
    }

    /** The place is there. */
    public static When exists(Ref place) {
        return of(place, "exists", Flows.constant(true));
    }

    /** All of these hold. */
    public static When all(When... conditions) {
        return of("all", conditions);
    }

    /** One of these holds, or more. */
    public static When any(When... conditions) {
        return of("any", conditions);
    }

    /** It does not hold. */
    public static When not(When condition) {
        return new When(JsonNodeFactory.instance.objectNode().set("not", condition.json));
    }

    private static When of(Ref place, String operator, JsonNode constant) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode().put("ref", place.pointer());
        return new When(condition.set(operator, constant));
    }

    private static When of(String operator, When... conditions) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode list = all.putArray(operator);
        for (When condition : conditions) {
            list.add(condition.json);
        }
        return new When(all);
    }

    JsonNode json() {
        return json.deepCopy();
    }
}
