package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A random workflow: what it is to do, and which of its members will fail. */
final class Plan {

    enum Kind {
        TASK,
        /** One that gives its place to the workflow it returns. */
        GRAFT,
        MAP,
        /** A workflow for each item. */
        MAP_OF_CHILDREN,
        CHILD,
        WAIT,
        SIGNAL,
        CHAIN,
        GROUP,
        DAG
    }

    final Kind kind;
    final String name;
    final List<Plan> children = new ArrayList<>();
    final Map<Plan, String> after = new LinkedHashMap<>();
    int seed;

    /** Whether nothing of it fails any more. */
    boolean mends;

    int items;
    int window;

    /** How many items a job takes; 0 if each has one of its own. */
    int chunk;

    /** How often a workflow is tried; 0 without a word on it. */
    int attempts;

    /** From which attempt on nothing fails in it; 0 for none. */
    int mendsAt;

    int tolerated;
    boolean takesPrev;
    boolean takesItem;

    /** Whether something undoes it. */
    boolean undone;

    /** How many items a page has; 0 if they are known at once. */
    int paged;

    String onFailure = "fail";

    @Nullable
    String whenOf;

    @Nullable
    String whenState;

    private Plan(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** One with up to 40 nodes, 5 deep. */
    static Plan random(Random random) {
        return new Maker(random).plan(0, false);
    }

    /** What the job that reads a page makes, of the items from that one on. */
    ObjectNode page(int from) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray("items");
        for (int i = from; i < Math.min(items, from + paged); i++) {
            list.add(i);
        }
        if (from + paged < items) {
            page.put("next", from + paged);
        }
        return page;
    }

    /** How many jobs a map has. */
    int jobs() {
        return chunk == 0 ? items : (items + chunk - 1) / chunk;
    }

    /** Which of its members fail, if it stands in workflows of these nodes and indices. */
    Set<Integer> failing(String path) {
        Set<Integer> failing = new TreeSet<>();
        if (mends) {
            return failing;
        }
        int members = kind == Kind.TASK || kind == Kind.GRAFT ? 1 : kind == Kind.MAP ? jobs() : 0;
        for (int i = 0; i < members; i++) {
            if (new Random(Objects.hash(seed, path, name, i)).nextInt(6) == 0) {
                failing.add(i);
            }
        }
        return failing;
    }

    private static final class Maker {

        private final Random random;
        private final int seed;
        private int nodes;
        private boolean inMap;

        private Maker(Random random) {
            this.random = random;
            this.seed = random.nextInt();
        }

        private Plan plan(int depth, boolean follows) {
            Kind kind = kind(depth);
            Plan plan = new Plan(kind, "n" + nodes++);
            plan.seed = seed;
            plan.undone = random.nextInt(4) == 0;
            plan.onFailure = switch (random.nextInt(8)) {
                case 0 -> "partial";
                case 1 -> "result";
                default -> "fail";
            };
            switch (kind) {
                case TASK -> {
                    plan.takesPrev = follows && random.nextBoolean();
                    plan.takesItem = !plan.takesPrev && inMap && random.nextBoolean();
                }
                case MAP -> {
                    plan.items = random.nextInt(12);
                    plan.window = 1 + random.nextInt(7);
                    plan.paged = random.nextBoolean() ? 0 : 1 + random.nextInt(5);
                    plan.chunk = random.nextBoolean() ? 0 : 1 + random.nextInt(4);
                    plan.tolerated = random.nextInt(4);
                }
                case MAP_OF_CHILDREN -> {
                    plan.items = random.nextInt(5);
                    plan.window = 1 + random.nextInt(3);
                    plan.tolerated = random.nextInt(4);
                    inside(plan, depth, true, List.of(Kind.TASK, Kind.GRAFT, Kind.CHILD));
                }
                case GRAFT -> {
                    plan.takesPrev = follows && random.nextBoolean();
                    inside(plan, depth, false, List.of());
                }
                case CHILD -> {
                    plan.attempts = random.nextBoolean() ? 0 : 2 + random.nextInt(2);
                    plan.mendsAt = random.nextInt(4) == 0 ? 0 : 2 + random.nextInt(2);
                    inside(plan, depth, false, List.of());
                }
                case WAIT, SIGNAL -> {}
                case CHAIN -> chain(plan, depth, follows);
                case GROUP -> {
                    plan.tolerated = random.nextInt(3);
                    beside(plan, depth, follows);
                }
                case DAG -> {
                    beside(plan, depth, follows);
                    edges(plan);
                }
            }
            return plan;
        }

        private Kind kind(int depth) {
            if (depth == 0 && random.nextInt(10) > 0) {
                return List.of(Kind.CHAIN, Kind.GROUP, Kind.DAG).get(random.nextInt(3));
            }
            int die = depth >= 4 || nodes > 30 ? random.nextInt(10) : random.nextInt(22);
            return die < 6
                    ? Kind.TASK
                    : die < 8
                            ? Kind.MAP
                            : die < 9
                                    ? Kind.WAIT
                                    : die < 10
                                            ? Kind.SIGNAL
                                            : die < 13
                                                    ? Kind.CHAIN
                                                    : die < 15
                                                            ? Kind.GROUP
                                                            : die < 17
                                                                    ? Kind.DAG
                                                                    : die < 18
                                                                            ? Kind.MAP_OF_CHILDREN
                                                                            : die < 21 ? Kind.CHILD : Kind.GRAFT;
        }

        /** What a workflow inside begins with knows nothing of what comes before it outside. */
        private void inside(Plan plan, int depth, boolean inItsMap, List<Kind> not) {
            boolean outside = inMap;
            inMap = inItsMap;
            Plan root = plan(depth + 1, false);
            while (not.contains(root.kind)) {
                root = plan(depth + 1, false);
            }
            plan.children.add(root);
            inMap = outside;
        }

        private void chain(Plan plan, int depth, boolean follows) {
            int size = 1 + random.nextInt(4);
            for (int i = 0; i < size; i++) {
                Plan child = plan(depth + 1, follows || i > 0);
                if (i > 0) {
                    when(child, plan.children.get(random.nextInt(i)));
                }
                plan.children.add(child);
            }
        }

        private void beside(Plan plan, int depth, boolean follows) {
            int size = random.nextInt(5) + (plan.kind == Kind.DAG ? 1 : 0);
            for (int i = 0; i < size; i++) {
                plan.children.add(plan(depth + 1, follows));
            }
        }

        private void edges(Plan dag) {
            for (int i = 1; i < dag.children.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(3) == 0) {
                        String on =
                                List.of("success", "success", "failure", "any").get(random.nextInt(4));
                        dag.children.get(i).after.put(dag.children.get(j), on);
                    }
                }
                if (!dag.children.get(i).after.isEmpty()) {
                    when(
                            dag.children.get(i),
                            dag.children.get(i).after.keySet().iterator().next());
                }
            }
        }

        private void when(Plan plan, Plan earlier) {
            if (random.nextInt(5) == 0) {
                plan.whenOf = earlier.name;
                plan.whenState =
                        List.of("SUCCEEDED", "SUCCEEDED", "FAILED", "PARTIAL").get(random.nextInt(4));
            }
        }
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("root", step(true));
        return body;
    }

    private ObjectNode step(boolean named) {
        ObjectNode step = JsonNodeFactory.instance.objectNode();
        if (named) {
            step.put("name", name);
        }
        if (onFailure.equals("result")) {
            step.putObject("onFailure").put("result", "instead of " + name);
        } else {
            step.put("onFailure", onFailure);
        }
        if (whenState != null) {
            step.putObject("when").put("ref", "/steps/" + whenOf + "/state").put("is", whenState);
        }
        if (!after.isEmpty()) {
            ArrayNode edges = step.putArray("after");
            after.forEach(
                    (before, on) -> edges.addObject().put("node", before.name).put("on", on));
        }
        if (undone) {
            step.putObject("compensate").put("task", "undo").put("payload", name);
        }
        switch (kind) {
            case TASK, GRAFT -> {
                step.put("task", "demo");
                if (takesItem) {
                    step.putObject("payload").put("$ref", "/item");
                } else if (!takesPrev) {
                    step.put("payload", "of " + name);
                }
            }
            case MAP -> {
                ObjectNode map = step.putObject("map").put("window", window);
                if (chunk > 0) {
                    map.put("chunk", chunk);
                }
                if (paged > 0) {
                    ObjectNode pages = map.putObject("items").putObject("pages").put("task", "page");
                    pages.putObject("payload").put("$ref", "/cursor").put("default", 0);
                } else {
                    map.putObject("items").putObject("range").put("from", 0).put("to", items);
                }
                map.putObject("each").put("task", "demo").putObject("payload").put("$ref", "/item");
                step.putObject("tolerate").put("failures", tolerated);
            }
            case MAP_OF_CHILDREN -> {
                ObjectNode map = step.putObject("map").put("window", window);
                map.putObject("items").putObject("range").put("from", 0).put("to", items);
                map.set("each", children.getFirst().step(true));
                step.putObject("tolerate").put("failures", tolerated);
            }
            case CHILD -> {
                step.putObject("workflow").set("root", children.getFirst().step(true));
                if (attempts > 0) {
                    ObjectNode backoff =
                            step.putObject("retry").put("maxAttempts", attempts).putObject("backoff");
                    backoff.put("type", "fixed").put("base", "PT1S").put("jitter", "none");
                }
            }
            case WAIT -> step.putObject("wait").put("for", "PT5S");
            case SIGNAL -> step.put("signal", name);
            case CHAIN -> {
                ArrayNode chain = step.putArray("chain");
                children.forEach(child -> chain.add(child.step(true)));
            }
            case GROUP -> {
                ArrayNode group = step.putArray("group");
                children.forEach(child -> group.add(child.step(true)));
                step.putObject("tolerate").put("failures", tolerated);
            }
            case DAG -> {
                ObjectNode graph = step.putObject("graph");
                children.forEach(child -> graph.set(child.name, child.step(false)));
            }
        }
        return step;
    }

    /** What its task returns. */
    ObjectNode graft() {
        ObjectNode returned = JsonNodeFactory.instance.objectNode();
        returned.putObject("$flow").set("root", children.getFirst().step(true));
        return returned;
    }

    /** Whether what undoes it fails. */
    boolean undoingFails(String path) {
        return !mends && new Random(Objects.hash(seed, path, name)).nextInt(4) == 0;
    }

    /** Those of its own workflow that come after that one, with all that they hold; by recursion over what is written. */
    Set<String> behind(String name) {
        Set<String> behind = new TreeSet<>();
        Plan holder =
                children.stream().filter(child -> child.holds(name)).findFirst().orElse(null);
        if (holder == null || isWorkflow()) {
            return behind;
        }
        if (kind == Kind.CHAIN) {
            children.subList(children.indexOf(holder) + 1, children.size()).forEach(child -> child.addTo(behind));
        }
        Set<Plan> late = new HashSet<>(Set.of(holder));
        for (Plan child : kind == Kind.DAG ? children : List.<Plan>of()) {
            if (child.after.keySet().stream().anyMatch(late::contains)) {
                late.add(child);
                child.addTo(behind);
            }
        }
        behind.addAll(holder.behind(name));
        return behind;
    }

    private boolean isWorkflow() {
        return kind == Kind.CHILD || kind == Kind.MAP_OF_CHILDREN || kind == Kind.GRAFT;
    }

    private boolean holds(String one) {
        return name.equals(one) || (!isWorkflow() && children.stream().anyMatch(child -> child.holds(one)));
    }

    private void addTo(Set<String> names) {
        names.add(name);
        if (!isWorkflow()) {
            children.forEach(child -> child.addTo(names));
        }
    }

    /** It and all that it holds. */
    List<Plan> all() {
        List<Plan> all = new ArrayList<>(List.of(this));
        children.forEach(child -> all.addAll(child.all()));
        return all;
    }
}
