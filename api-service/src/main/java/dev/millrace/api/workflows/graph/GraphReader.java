package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.workflows.graph.Edge.On;
import dev.millrace.json.JsonFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lays a graph out with all graphs in it, and tells all that is wrong with them. For one graph. */
public final class GraphReader {

    static final int MAX_NODES = 10_000;
    static final int MAX_EDGES = 20_000;
    static final int MAX_DEPTH = 32;

    /** How many workflows may stand above one. */
    public static final int MAX_ABOVE = 8;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_LABEL = 256;

    private final Findings findings;
    private final Budget budget;
    private final int above;
    private final boolean borrows;
    private final StepReader steps;
    private final List<Draft> drafts = new ArrayList<>();
    private final EdgeReader edges;
    private final Set<String> taken = new HashSet<>();

    /** What a graph and all graphs in it have together. */
    static final class Budget {
        private int nodes;
        private int edges;

        /** Whether one edge more is the first too many. */
        boolean isFirstTooMany() {
            return ++edges == MAX_EDGES + 1;
        }
    }

    /** A node whose siblings are not all known yet. */
    static final class Draft {

        final int number;
        final JsonFields fields;
        final List<Integer> children = new ArrayList<>();
        final List<Edge> after = new ArrayList<>();
        String name = "";
        private final int parent;
        private final Step step;
        private @Nullable String label;
        private @Nullable JsonNode when;
        private FailureRule onFailure = FailureRule.FAIL;
        private Step.@Nullable Task compensate;

        private Draft(int number, int parent, JsonFields fields, Step step) {
            this.number = number;
            this.parent = parent;
            this.fields = fields;
            this.step = step;
        }

        private Node node() {
            return new Node(
                    number, name, label, fields.pointer(), parent, after, children, step, when, onFailure, compensate);
        }
    }

    private GraphReader(Findings findings, Budget budget, int above, boolean borrows) {
        this.findings = findings;
        this.budget = budget;
        this.above = above;
        this.borrows = borrows;
        this.steps = new StepReader(findings, this::inner);
        this.edges = new EdgeReader(findings, budget, drafts);
    }

    /** The graph in {@code root}, {@code output} and {@code on} of an object; what else the object has is not looked at. */
    public static Checked<Graph> read(JsonNode body) {
        return read(body, false);
    }

    /** One that was checked when it was kept; it may be the body of a map, which needs something of the graph around it. */
    public static Graph kept(JsonNode body) {
        return read(body, true).orThrow();
    }

    private static Checked<Graph> read(JsonNode body, boolean borrows) {
        Findings findings = new Findings();
        Graph graph = new GraphReader(findings, new Budget(), 0, borrows).graph(body, "", "/root", 0);
        return Checked.unless(findings.problem(), () -> Objects.requireNonNull(graph, "Nothing is wrong with it."));
    }

    /**
     * A graph in this one.
     *
     * @param pointer of what holds it
     * @param root the pointer of its first step
     * @param open whether it may need something of this one
     */
    private @Nullable Graph inner(JsonNode body, String pointer, String root, int depth, boolean open) {
        if (above == MAX_ABOVE) {
            findings.graph(pointer, "Workflows stand at most %d deep in others.".formatted(MAX_ABOVE));
            return null;
        }
        return new GraphReader(findings, budget, above + 1, open).graph(body, pointer, root, depth + 1);
    }

    private @Nullable Graph graph(JsonNode body, String pointer, String root, int depth) {
        if (!body.path("root").isObject()) {
            findings.graph(root, "'root' is missing; it is the step with which the workflow begins.");
            return null;
        }
        step(body.get("root"), root, -1, depth, null);
        if (drafts.isEmpty()) {
            return null;
        }
        nameTheOthers();
        Map<Callback, Step.Task> callbacks = callbacks(body, pointer + "/on");
        Map<String, Integer> byName = new HashMap<>();
        drafts.forEach(draft -> byName.put(draft.name, draft.number));
        Graph graph = new Graph(
                pointer, drafts.stream().map(Draft::node).toList(), byName, callbacks, body.get("output"), List.of());
        return graph.borrowing(new References(graph, findings, borrows).check());
    }

    private void step(JsonNode json, String pointer, int parent, int depth, @Nullable String key) {
        if (depth > MAX_DEPTH || budget.nodes >= MAX_NODES) {
            findings.graph(pointer, "A graph has at most %d steps, %d deep.".formatted(MAX_NODES, MAX_DEPTH));
            return;
        }
        if (!json.isObject()) {
            findings.graph(pointer, "A step is to be an object.");
            return;
        }
        JsonFields fields = new JsonFields(pointer, json, findings.invalid());
        budget.nodes++;
        Step step = steps.read(fields, parent >= 0 && key != null, depth);
        if (step == null) {
            return;
        }
        Draft draft = new Draft(drafts.size(), parent, fields, step);
        drafts.add(draft);
        if (parent >= 0) {
            drafts.get(parent).children.add(draft.number);
        }
        common(draft, key);
        children(draft, depth);
    }

    private void common(Draft draft, @Nullable String key) {
        String name = key == null ? draft.fields.text("name", "a name of " + NAME, GraphReader::name) : key;
        if (key != null && (!NAME.matcher(key).matches() || draft.fields.has("name"))) {
            findings.graph(draft.fields.pointer(), "In a graph the field is the step's name, of " + NAME + ".");
        }
        if (name != null) {
            draft.name = name;
            if (!taken.add(name)) {
                findings.graph(draft.fields.pointer(), "Two steps are named '" + name + "'.");
            }
        }
        draft.label = draft.fields.text("label", "a text of at most 256 characters", GraphReader::label);
        draft.when = draft.fields.object().get("when");
        draft.onFailure = steps.failureRule(draft.fields);
        JsonNode compensate = draft.fields.object().get("compensate");
        draft.compensate = compensate == null ? null : steps.bareTask(compensate, draft.fields.pointer("compensate"));
    }

    private static String name(String text) {
        JsonFields.require(NAME.matcher(text).matches());
        return text;
    }

    private static String label(String text) {
        JsonFields.require(text.length() <= MAX_LABEL);
        return text;
    }

    private void children(Draft scope, int depth) {
        if (!scope.step.isScope()) {
            return;
        }
        String kind = scope.step.kind();
        JsonNode inner = scope.fields.object().get(kind);
        String pointer = scope.fields.pointer(kind);
        if (scope.step instanceof Step.Dag) {
            inner.properties()
                    .forEach(field -> step(
                            field.getValue(),
                            pointer + "/" + escaped(field.getKey()),
                            scope.number,
                            depth + 1,
                            field.getKey()));
            edges.read(scope, pointer);
        } else {
            for (int i = 0; i < inner.size(); i++) {
                step(inner.get(i), pointer + "/" + i, scope.number, depth + 1, null);
            }
            if (scope.step instanceof Step.Chain) {
                for (int i = 1; i < scope.children.size(); i++) {
                    drafts.get(scope.children.get(i)).after.add(new Edge(scope.children.get(i - 1), On.SUCCESS));
                }
            }
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** By the number, which tells them apart for good. */
    private void nameTheOthers() {
        for (Draft draft : drafts) {
            if (draft.name.isEmpty()) {
                String name = draft.number == 0 ? "root" : draft.step.kind() + "-" + draft.number;
                while (!taken.add(name)) {
                    name += "_";
                }
                draft.name = name;
            }
        }
    }

    private Map<Callback, Step.Task> callbacks(JsonNode body, String at) {
        Map<Callback, Step.Task> callbacks = new EnumMap<>(Callback.class);
        JsonNode on = body.path("on");
        if (on.isMissingNode() || on.isNull()) {
            return callbacks;
        }
        if (!on.isObject()) {
            findings.add(ProblemType.INVALID, at, "'on' is to be an object of steps.");
            return callbacks;
        }
        Set<String> keys = new HashSet<>();
        for (Callback callback : Callback.values()) {
            keys.add(callback.key());
            if (on.has(callback.key())) {
                String pointer = at + "/" + callback.key();
                Step.Task task = steps.bareTask(on.get(callback.key()), pointer);
                if (task != null) {
                    callbacks.put(callback, task);
                }
            }
        }
        findings.checkFields(new JsonFields(at, on, findings.invalid()), keys, Set.of());
        return callbacks;
    }
}
