package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.turn.Plan.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What becomes of a plan, by recursion over it: no counters, no turns, no order of ends. Shares no code with what it judges. */
final class Oracle {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> BAD = Set.of("FAILED", "UNREACHED", "CANCELLED");

    final Map<String, String> states = new TreeMap<>();
    final Map<String, JsonNode> payloads = new TreeMap<>();
    final Map<String, String> outcomes = new TreeMap<>();
    private final Map<String, JsonNode> results = new HashMap<>();
    private final String path;
    private final JsonNode item;
    private final boolean mended;

    Oracle() {
        this("", JSON.missingNode(), false);
    }

    private Oracle(String path, JsonNode item, boolean mended) {
        this.path = path;
        this.item = item;
        this.mended = mended;
    }

    private Set<Integer> failing(Plan plan) {
        return mended ? Set.of() : plan.failing(path);
    }

    /** The state in which a workflow ends. */
    String outcome(Plan root) {
        String outcome = outcomeOf(root);
        outcomes.put(path, outcome);
        return outcome;
    }

    private String outcomeOf(Plan root) {
        String state = run(root, null);
        if (state.equals("FAILED")) {
            return root.onFailure.equals("result")
                    ? "SUCCEEDED"
                    : root.onFailure.equals("partial") ? "PARTIAL" : "FAILED";
        }
        return state.equals("SKIPPED") ? "SUCCEEDED" : state;
    }

    JsonNode result(Plan plan) {
        return results.getOrDefault(plan.name, NullNode.instance);
    }

    private String run(Plan plan, @Nullable Plan before) {
        if (plan.whenState != null && !plan.whenState.equals(states.get(path + plan.whenOf))) {
            return all(plan, "SKIPPED");
        }
        String state = switch (plan.kind) {
            case TASK -> task(plan, before);
            case GRAFT -> graft(plan, before);
            case MAP -> map(plan);
            case MAP_OF_CHILDREN -> children(plan, plan.items, plan.tolerated);
            case CHILD -> child(plan);
            case WAIT, SIGNAL -> {
                results.put(plan.name, JSON.textNode("waited"));
                yield "SUCCEEDED";
            }
            case CHAIN -> chain(plan, before);
            case GROUP, DAG -> beside(plan, before);
        };
        states.put(path + plan.name, state);
        if (state.equals("FAILED") && plan.onFailure.equals("result")) {
            results.put(plan.name, JSON.textNode("instead of " + plan.name));
        } else if (state.equals("FAILED")) {
            results.remove(plan.name);
        }
        return state;
    }

    private String all(Plan plan, String state) {
        states.put(path + plan.name, state);
        if (plan.kind != Kind.CHILD && plan.kind != Kind.MAP_OF_CHILDREN && plan.kind != Kind.GRAFT) {
            plan.children.forEach(child -> all(child, state));
        }
        return state;
    }

    private String task(Plan plan, @Nullable Plan before) {
        JsonNode own = plan.takesItem ? item : JSON.textNode("of " + plan.name);
        payloads.put(path + plan.name + "/0", plan.takesPrev && before != null ? result(before) : own);
        if (failing(plan).contains(0)) {
            return "FAILED";
        }
        results.put(plan.name, JSON.textNode("made by " + plan.name + " 0"));
        return "SUCCEEDED";
    }

    private String graft(Plan plan, @Nullable Plan before) {
        String state = task(plan, before);
        return state.equals("FAILED") ? state : child(plan);
    }

    private String child(Plan plan) {
        String outcome = children(plan, 1, 0);
        results.computeIfPresent(plan.name, (name, list) -> list instanceof ArrayNode made ? made.get(0) : list);
        return outcome;
    }

    private String map(Plan plan) {
        ArrayNode list = JSON.arrayNode();
        Set<Integer> failing = failing(plan);
        int inOne = Math.max(1, plan.chunk);
        for (int first = 0; first < plan.items; first += inOne) {
            int member = first / inOne;
            ArrayNode chunk = JSON.arrayNode();
            for (int i = first; i < Math.min(plan.items, first + inOne); i++) {
                chunk.add(i);
                list.add(
                        failing.contains(member) ? NullNode.instance : JSON.textNode("made by " + plan.name + " " + i));
            }
            payloads.put(
                    path + plan.name + "/" + member,
                    plan.chunk == 0 ? chunk.get(0) : JSON.objectNode().set("$chunk", chunk));
        }
        if (failing.size() > plan.tolerated) {
            return "FAILED";
        }
        results.put(plan.name, list);
        return failing.isEmpty() ? "SUCCEEDED" : "PARTIAL";
    }

    private String children(Plan plan, int many, int tolerated) {
        ArrayNode list = JSON.arrayNode();
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            JsonNode inside = plan.kind == Kind.MAP_OF_CHILDREN ? JSON.numberNode(i) : JSON.missingNode();
            Oracle child = new Oracle(path + plan.name + "/" + i + "/", inside, mended);
            String outcome = child.outcome(plan.children.getFirst());
            if (outcome.equals("FAILED") && plan.mendsAt > 1 && plan.mendsAt <= plan.attempts) {
                child = new Oracle(child.path, inside, true);
                outcome = child.outcome(plan.children.getFirst());
            }
            ends.add(outcome);
            list.add(outcome.equals("FAILED") ? NullNode.instance : child.result(plan.children.getFirst()));
            states.putAll(child.states);
            payloads.putAll(child.payloads);
            outcomes.putAll(child.outcomes);
        }
        long failed = ends.stream().filter("FAILED"::equals).count();
        if (failed > tolerated) {
            return "FAILED";
        }
        results.put(plan.name, list);
        return failed > 0 || ends.contains("PARTIAL") ? "PARTIAL" : "SUCCEEDED";
    }

    private String chain(Plan plan, @Nullable Plan before) {
        Plan previous = null;
        for (Plan child : plan.children) {
            if (previous != null && stops(previous)) {
                all(child, "UNREACHED");
            } else {
                run(child, previous == null ? before : previous);
            }
            previous = child;
        }
        results.put(plan.name, result(plan.children.getLast()));
        return scope(plan);
    }

    private boolean stops(Plan child) {
        return BAD.contains(states.get(path + child.name))
                && !("FAILED".equals(states.get(path + child.name)) && child.onFailure.equals("result"));
    }

    private String beside(Plan plan, @Nullable Plan before) {
        plan.children.forEach(child -> decide(child, before));
        if (plan.kind == Kind.GROUP) {
            ArrayNode list = JSON.arrayNode();
            plan.children.forEach(child -> list.add(result(child)));
            results.put(plan.name, list);
        } else {
            ObjectNode made = JSON.objectNode();
            plan.children.stream()
                    .filter(child -> plan.children.stream().noneMatch(other -> other.after.containsKey(child)))
                    .forEach(child -> made.set(child.name, result(child)));
            results.put(plan.name, made);
        }
        return scope(plan);
    }

    /** Children of a plan are written after those that they come after. */
    private void decide(Plan child, @Nullable Plan before) {
        boolean unreached = false;
        boolean skipped = false;
        for (Map.Entry<Plan, String> edge : child.after.entrySet()) {
            boolean bad = stops(edge.getKey());
            unreached |= edge.getValue().equals("success") && bad;
            skipped |= edge.getValue().equals("failure") && !bad;
        }
        if (unreached) {
            all(child, "UNREACHED");
        } else if (skipped) {
            all(child, "SKIPPED");
        } else {
            run(child, before);
        }
    }

    private String scope(Plan plan) {
        List<Plan> failed = plan.children.stream()
                .filter(child -> "FAILED".equals(states.get(path + child.name)) && child.onFailure.equals("fail"))
                .toList();
        if (failed.size() > (plan.kind == Kind.GROUP ? plan.tolerated : 0)) {
            return "FAILED";
        }
        boolean partial = !failed.isEmpty()
                || plan.children.stream()
                        .anyMatch(child -> "PARTIAL".equals(states.get(path + child.name))
                                || ("FAILED".equals(states.get(path + child.name))
                                        && child.onFailure.equals("partial")));
        return partial ? "PARTIAL" : "SUCCEEDED";
    }
}
