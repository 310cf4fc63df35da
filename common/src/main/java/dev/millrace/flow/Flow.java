package dev.millrace.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow as a value: its steps, and what holds for all of it. Immutable. */
public final class Flow {

    /** The field under which a graph stands in the result of the task that has returned it. */
    public static final String RETURNED = "$flow";

    private final ObjectNode json;

    private Flow(ObjectNode json) {
        this.json = json;
    }

    /** The workflow that consists of that step. */
    public static Flow of(Step<?> root) {
        return new Flow(Step.only("root", root.json()));
    }

    /** What it is called, for people and lists. */
    public Flow named(String name) {
        return with("name", JsonNodeFactory.instance.textNode(name));
    }

    /** What its steps find at {@link Flows#input()}. */
    public Flow input(@Nullable Object constant) {
        return with("input", Flows.constant(constant));
    }

    /** Its output, in place of the result of its root. */
    public Flow output(@Nullable Object value) {
        return with("output", Flows.value(value).json());
    }

    /** Runs when it has succeeded. */
    public Flow onSuccess(TaskStep callback) {
        return on("success", callback);
    }

    /** Runs when it has succeeded but for failures that were tolerated. */
    public Flow onPartial(TaskStep callback) {
        return on("partial", callback);
    }

    /** Runs when it has failed, was cancelled or took too long. */
    public Flow onFailure(TaskStep callback) {
        return on("failure", callback);
    }

    /** Runs when it has ended, however. */
    public Flow onComplete(TaskStep callback) {
        return on("complete", callback);
    }

    /** Runs when the first of its members has failed. */
    public Flow onFirstFailure(TaskStep callback) {
        return on("firstFailure", callback);
    }

    /** After which it ends, and all that runs of it is cancelled. */
    public Flow timeout(Duration atMost) {
        return with("timeout", JsonNodeFactory.instance.textNode(atMost.toString()));
    }

    /** Of its jobs that name none, 1 to 10, of which 10 goes first. */
    public Flow priority(int value) {
        return with("priority", Flows.constant(value));
    }

    /** Of it and of its jobs. */
    public Flow tags(String... names) {
        return with("tags", Flows.constant(List.of(names)));
    }

    /** Of it and of its jobs. */
    public Flow metadata(Map<String, ?> values) {
        return with("metadata", Flows.constant(values));
    }

    /** What {@code POST /api/v1/workflows} takes for it. */
    public String toJson() {
        return json.toString();
    }

    private Flow on(String outcome, TaskStep callback) {
        ObjectNode on = json.path("on") instanceof ObjectNode before
                ? before.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        return with("on", on.set(outcome, callback.json()));
    }

    private Flow with(String field, JsonNode value) {
        ObjectNode more = json.deepCopy();
        return new Flow(more.set(field, value));
    }

    /** A copy, for a step that is this workflow. */
    ObjectNode json() {
        return json.deepCopy();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Flow flow && flow.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The JSON. */
    @Override
    public String toString() {
        return toJson();
    }
}
