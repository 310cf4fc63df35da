package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.request.RetryReader;
import dev.millrace.json.Chunk;
import dev.millrace.json.JsonFields;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads steps that have members of another kind than one job: maps, and workflows. */
final class MemberReader {

    static final int DEFAULT_WINDOW = 1_000;
    static final int MAX_WINDOW = 10_000;

    private static final Pattern DEFINITION = Pattern.compile("[A-Za-z0-9_.-]{1,128}(@[1-9][0-9]{0,8})?");

    private static final Set<String> MAP = Set.of("items", "each", "window", "chunk");

    /** What a start says, and a graph in another one too. */
    private static final Set<String> CHILD =
            Set.of("root", "output", "on", "input", "name", "timeout", "priority", "tags", "metadata");

    private final StepReader steps;
    private final Findings findings;
    private final Inner inner;

    MemberReader(StepReader steps, Findings findings, Inner inner) {
        this.steps = steps;
        this.findings = findings;
        this.inner = inner;
    }

    /** Reads graphs that stand in a step. */
    interface Inner {
        @Nullable
        Graph read(JsonNode body, String pointer, String root, int depth, boolean open);
    }

    /** A workflow that is a member: one that is kept under a name, or a graph that stands here. */
    Step.@Nullable Child child(JsonFields fields, Set<String> known, int depth) {
        findings.checkFields(fields, known, StepReader.LATER);
        JsonNode retry = retry(fields);
        JsonNode given = fields.object().get("workflow");
        if (given.isTextual() && DEFINITION.matcher(given.textValue()).matches()) {
            return new Step.Child(
                    given.textValue(),
                    JsonNodeFactory.instance.objectNode(),
                    null,
                    fields.object().get("input"),
                    false,
                    retry);
        }
        if (!(given instanceof ObjectNode body)) {
            findings.graph(
                    fields.pointer("workflow"), "'workflow' is to be the name of a workflow, or one with 'root'.");
            return null;
        }
        String pointer = fields.pointer("workflow");
        JsonFields own = new JsonFields(pointer, body, findings.invalid());
        findings.checkFields(own, CHILD, Set.of());
        Graph graph = inner.read(body, pointer, pointer + "/root", depth, false);
        JsonNode input = fields.object().get("input");
        return graph == null ? null : new Step.Child(null, body, graph, input, false, retry);
    }

    private @Nullable JsonNode retry(JsonFields step) {
        RetryReader retry = new RetryReader(step);
        retry.unknown()
                .forEach(pointer -> findings.add(
                        ProblemType.UNKNOWN_FIELD,
                        pointer,
                        "There is no such field here. Remove it, or correct its name."));
        return retry.read().isEmpty() ? null : step.object().get("retry");
    }

    /** A task is a job, a workflow is one, and any other step is the root of a workflow for each item. */
    private Step.@Nullable Body each(JsonNode json, String pointer, int depth) {
        if (!json.isObject() || json.has("task") || StepReader.KINDS.stream().noneMatch(json::has)) {
            return steps.bareTask(json, pointer);
        }
        if (json.has("workflow")) {
            JsonFields fields = new JsonFields(pointer, json, findings.invalid());
            return child(fields, Set.of("workflow", "input", "retry", "name", "label"), depth);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("root", json);
        Graph graph = inner.read(body, pointer, pointer, depth, true);
        return graph == null ? null : new Step.Child(null, body, graph, null, true, null);
    }

    @Nullable
    Step map(JsonFields step, Set<String> known, int depth) {
        findings.checkFields(step, known, StepReader.LATER);
        JsonFields map = step.object("map");
        if (map == null) {
            return null;
        }
        findings.checkFields(map, MAP, Set.of());
        Integer window =
                map.read("window", "a whole number from 1 to 10000", value -> StepReader.number(value, 1, MAX_WINDOW));
        Integer chunk =
                map.read("chunk", "a whole number from 1 to 1000", value -> StepReader.number(value, 1, Chunk.MOST));
        Step.Body body = each(map.object().path("each"), map.pointer("each"), depth);
        if (chunk != null && body instanceof Step.Child) {
            findings.graph(map.pointer("chunk"), "A chunk of items is given to a task; 'each' is none.");
        }
        return body == null
                ? null
                : mapping(
                        map,
                        body,
                        window == null ? DEFAULT_WINDOW : window,
                        chunk == null ? 0 : chunk,
                        StepReader.tolerance(step));
    }

    private @Nullable Step mapping(JsonFields map, Step.Body each, int window, int chunk, Tolerance tolerance) {
        JsonNode items = map.object().path("items");
        if (items.has("pages") && items.size() == 1) {
            Step.Task pages = steps.bareTask(items.get("pages"), map.pointer("items") + "/pages");
            return pages == null ? null : new Step.Mapping(null, pages, 0, 0, window, chunk, each, tolerance);
        }
        if (items.has("range")) {
            JsonFields range = new JsonFields(map.pointer("items") + "/range", items.get("range"), map.violations());
            Integer from = range.read(
                    "from", "a whole number", value -> StepReader.number(value, -1_000_000_000, 1_000_000_000));
            Integer to = range.read(
                    "to", "a whole number", value -> StepReader.number(value, -1_000_000_000, 1_000_000_000));
            int most = Step.Mapping.mostItems(chunk);
            boolean right = from != null && to != null && to >= from && to - from <= most;
            if (!right || range.object().size() != 2 || items.size() != 1) {
                findings.graph(
                        range.pointer(),
                        "A range has 'from' and 'to', which is not less, and at most %d items.".formatted(most));
            }
            return new Step.Mapping(
                    null,
                    null,
                    from == null ? 0 : from,
                    right && to != null ? to : from == null ? 0 : from,
                    window,
                    chunk,
                    each,
                    tolerance);
        }
        if (!items.isArray() && !items.has(Template.REF)) {
            findings.graph(map.pointer("items"), "'items' is to be a list, a range, pages, or a reference to a list.");
            return null;
        }
        return new Step.Mapping(items, null, 0, 0, window, chunk, each, tolerance);
    }
}
