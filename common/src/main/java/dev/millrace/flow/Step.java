package dev.millrace.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workflow.
 *
 * @param <S> the kind of step itself, which each of its methods returns
 */
public abstract sealed class Step<S extends Step<S>>
        permits TaskStep, WorkflowStep, WaitStep, SignalStep, ChainStep, GraphStep, FanStep {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final ObjectNode json;

    Step(ObjectNode json) {
        this.json = json;
    }

    /** The same kind of step with these fields. */
    abstract S copy(ObjectNode fields);

    /** A step that has nothing but this field. */
    static ObjectNode only(String field, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(field, value);
    }

    static ObjectNode only(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }

    S with(String field, JsonNode value) {
        ObjectNode more = json.deepCopy();
        return copy(more.set(field, value));
    }

    S saying(String field, String value) {
        ObjectNode more = json.deepCopy();
        return copy(more.put(field, value));
    }

    /** A field of it; a missing one is none. */
    JsonNode field(String name) {
        return json.path(name);
    }

    /** As the specification has it. */
    ObjectNode json() {
        return json.deepCopy();
    }

    /**
     * What it is called in its workflow, for references, results and the graph.
     *
     * @param name 1 to 64 of {@code A-Za-z0-9_-}, which no other step of its workflow has
     * @throws IllegalArgumentException if it is none
     */
    public S named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A step's name has 1 to 64 of A-Z, a-z, 0-9, _ and -, which '%s' has not.".formatted(name));
        }
        return saying("name", name);
    }

    /** What people are shown in place of its name. */
    public S label(String text) {
        return saying("label", text);
    }

    /** Otherwise it is skipped, which counts as done, with null for a result. */
    public S when(When condition) {
        return with("when", condition.json());
    }

    /** If it fails, all that is open in its scope is cancelled. Without a word on failures, what does not depend on it goes on. */
    public S abortOnFailure() {
        return saying("onFailure", "abort");
    }

    /** If it fails, its scope is partial and not failed. */
    public S partialOnFailure() {
        return saying("onFailure", "partial");
    }

    /** If it fails, what comes after it runs and sees this as its result. */
    public S resultOnFailure(@Nullable Object json) {
        return with("onFailure", only("result", Flows.constant(json)));
    }

    /** Undoes it, if it succeeded and the workflow is to end failed. */
    public S compensate(TaskStep undo) {
        return with("compensate", undo.json());
    }

    /**
     * Where it is said what became of it.
     *
     * @throws IllegalStateException if it has no name
     */
    public StepPlace place() {
        if (!json.has("name")) {
            throw new IllegalStateException("Only a step that has a name can be referred to. Name it first.");
        }
        return new StepPlace(json.get("name").textValue());
    }

    /** As {@link StepPlace#result(String)} of {@link #place}. */
    public Ref result(String below) {
        return place().result(below);
    }

    /** As {@link StepPlace#result()} of {@link #place}. */
    public Ref result() {
        return place().result();
    }

    /** As {@link StepPlace#failures()} of {@link #place}. */
    public Ref failures() {
        return place().failures();
    }

    /** The workflow that consists of it. */
    public Flow flow() {
        return Flow.of(this);
    }

    /** The workflow that consists of it, which runs this task if it succeeded. */
    public Flow onSuccess(TaskStep callback) {
        return flow().onSuccess(callback);
    }

    /** The workflow that consists of it, which runs this task if it failed, was cancelled or took too long. */
    public Flow onFailure(TaskStep callback) {
        return flow().onFailure(callback);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Step<?> step && step.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The JSON. */
    @Override
    public String toString() {
        return json.toString();
    }
}
