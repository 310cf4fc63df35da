package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.turn.Members.Order;
import dev.millrace.api.workflows.turn.Plan.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However ends are grouped, and in whichever order they come, what becomes of a workflow is what the oracle says. */
class RandomWorkflowsTest {

    /** So many workflows are looked at; more are with {@code -Dmillrace.seeds=20000}. */
    private static final int SEEDS = Integer.getInteger("millrace.seeds", 500);

    /** A random workflow that has not begun. */
    private record Begun(Random random, Plan root, Map<String, Plan> plans, Played played) {

        static Begun of(int seed) {
            Random random = new Random(seed);
            Plan root = Plan.random(random);
            Map<String, Plan> plans = new HashMap<>();
            root.all().forEach(plan -> plans.put(plan.name, plan));
            return new Begun(random, root, plans, new Played(root.body()));
        }

        void play() {
            RandomWorkflowsTest.play(played, plans, random);
        }
    }

    /** Of all seeds; returns the sum of what is returned. What fails says with which graph it did. */
    private static int sum(ToIntFunction<Begun> check) {
        return IntStream.range(0, SEEDS)
                .map(seed -> {
                    Begun begun = Begun.of(seed);
                    try {
                        return check.applyAsInt(begun);
                    } catch (AssertionError wrong) {
                        throw new AssertionError(
                                "seed " + seed + ", " + begun.root().body() + ": " + wrong.getMessage(), wrong);
                    }
                })
                .sum();
    }

    @Test
    void W9_W10_W24_endAsTheOracleSays() {
        assertThat(sum(RandomWorkflowsTest::check))
                .as("workflows inside others")
                .isGreaterThan(SEEDS);
    }

    /** Returns how many workflows there were inside. */
    private static int check(Begun begun) {
        Played played = begun.played();
        begun.play();

        Oracle oracle = new Oracle();
        String outcome = oracle.outcome(begun.root());
        assertThat(played.flow.state().name()).isEqualTo(outcome);
        played.latest().forEach(one -> {
            assertStates(one, oracle);
            assertNothingIdleWasMade(one, begun.plans());
        });
        assertThat(oracle.states)
                .allSatisfy((name, state) -> assertThat(
                                name.contains("/") || played.state(name).equals(state))
                        .as(name)
                        .isTrue());
        assertPayloads(played, oracle, begun.plans());
        if (!outcome.equals("FAILED") && begun.plans().values().stream().noneMatch(RandomWorkflowsTest::waits)) {
            assertThat(played.flow.output()).isEqualTo(oracle.result(begun.root()));
        }
        return played.tree().size() - 1;
    }

    /** Nothing both runs and is skipped, or not reached, in one run; what undoes steps runs of those that succeeded, once each. */
    private static void assertNothingIdleWasMade(Played one, Map<String, Plan> plans) {
        one.graph.nodes().forEach(node -> {
            String state = one.state(node.name());
            boolean idle = state.equals("SKIPPED") || state.equals("UNREACHED");
            List<Order> ofNode = one.made.stream()
                    .filter(order -> order.node() == node.number() && order.run() == one.run(node.name()))
                    .toList();
            assertThat(idle && !ofNode.isEmpty()).as("W10 %s", node.name()).isFalse();
            boolean undone = one.flow.state() == WorkflowState.FAILED
                    && plan(plans, node.name()).undone
                    && (state.equals("SUCCEEDED") || state.equals("PARTIAL"));
            assertThat(one.made.stream()
                            .filter(order ->
                                    order.node() == Ending.UNDO - node.number() && order.run() == one.run(node.name())))
                    .as("W24 %s", node.name())
                    .hasSize(undone ? 1 : 0);
        });
    }

    /** Of a workflow inside too: a map that gives up makes some of them, and these run to their ends. */
    private static void assertStates(Played one, Oracle oracle) {
        String path = one.path();
        assertThat(one.flow.state().name()).as("W15 %s", path).isEqualTo(oracle.outcomes.get(path));
        one.graph
                .nodes()
                .forEach(node -> assertThat(one.state(node.name()))
                        .as("%s%s", path, node.name())
                        .isEqualTo(oracle.states.get(path + node.name())));
    }

    /** A retry runs what failed and what came after it, at every depth; nothing else is made again. */
    @Test
    void W16_succeedOnceTheyGoOnAndNothingFailsAnyMore() {
        int retried = sum(begun -> {
            Played played = begun.played();
            begun.play();
            if (played.flow.state() == WorkflowState.SUCCEEDED) {
                return 0;
            }
            Map<String, Integer> runs = runsAfterARetry(begun);
            begun.root().all().forEach(plan -> plan.mends = true);
            played.retry();
            begun.play();
            assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
            runs.forEach((name, run) -> assertThat(played.run(name)).as(name).isEqualTo(run));
            played.tree().forEach(RandomWorkflowsTest::assertMadeOnce);
            return 1;
        });

        assertThat(retried).isGreaterThan(SEEDS / 10);
    }

    /** Of the leaves that succeeded, or were skipped: those behind one that did not are made again, the others are kept. */
    private static Map<String, Integer> runsAfterARetry(Begun begun) {
        Played played = begun.played();
        if (played.flow.compensated() != null) {
            return Map.of();
        }
        Set<String> open = played.graph.nodes().stream()
                .filter(node -> !node.step().isScope())
                .map(Node::name)
                .filter(name -> !isDone(played, name))
                .collect(Collectors.toSet());
        Set<String> behind = open.stream()
                .flatMap(name -> begun.root().behind(name).stream())
                .collect(Collectors.toSet());
        return played.graph.nodes().stream()
                .filter(node -> !node.step().isScope())
                .map(Node::name)
                .filter(name -> isDone(played, name))
                .collect(Collectors.toMap(name -> name, name -> played.run(name) + (behind.contains(name) ? 1 : 0)));
    }

    private static boolean isDone(Played played, String name) {
        return Set.of("SUCCEEDED", "SKIPPED").contains(played.state(name));
    }

    private static void assertMadeOnce(Played one) {
        assertThat(one.made.stream().map(order -> order.node() + "." + order.run() + "." + order.index()))
                .as("W2")
                .doesNotHaveDuplicates();
    }

    /** Whenever it is told to, the whole tree ends, and nothing of it is made afterwards. */
    @Test
    void W8_endWhateverIsCancelledAndMakeNothingMore() {
        int cancelled = sum(begun -> {
            Played played = begun.played();
            Random random = begun.random();
            played.turn(1 + random.nextInt(3));
            for (int i = random.nextInt(6); i > 0 && !played.flow.state().ended(); i--) {
                step(played, begun.plans(), random);
            }
            if (played.flow.state().ended()) {
                return 0;
            }
            long made = madeInside(played);
            played.cancelRequested = true;
            played.turn();
            assertThat(played.tree().stream().flatMap(one -> one.flow.nodes().stream()))
                    .noneMatch(node -> node.state() == NodeState.WAITING || node.state() == NodeState.PENDING);
            begun.play();
            assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
            assertThat(madeInside(played)).isEqualTo(made);
            return 1;
        });

        assertThat(cancelled).isGreaterThan(SEEDS / 10);
    }

    /** All but what undoes steps. */
    private static long madeInside(Played root) {
        return root.tree().stream()
                .flatMap(one -> one.made.stream())
                .filter(order -> order.node() >= 0)
                .count();
    }

    private static boolean waits(Plan plan) {
        return plan.kind == Kind.WAIT || plan.kind == Kind.SIGNAL;
    }

    /** A map that gives up makes some of its members; all else makes exactly those that it should. */
    private static void assertPayloads(Played root, Oracle oracle, Map<String, Plan> plans) {
        for (Played played : root.latest()) {
            Map<String, JsonNode> made = new TreeMap<>();
            for (Order order : played.made.stream()
                    .filter(one -> one.index() >= 0 && played.isLatest(one))
                    .toList()) {
                String name = played.graph.node(order.node()).name();
                assertThat(made.put(played.path() + name + "/" + order.index(), order.payload()))
                        .as("W2")
                        .isNull();
            }
            if (plans.values().stream().noneMatch(RandomWorkflowsTest::waits)) {
                assertThat(oracle.payloads).as("W4").containsAllEntriesOf(made);
            }
            played.graph.nodes().stream()
                    .map(node -> plan(plans, node.name()))
                    .filter(plan -> plan.kind == Kind.TASK
                            || plan.kind == Kind.GRAFT
                            || (plan.kind == Kind.MAP
                                    && (isMended(played, plans)
                                            || plan.failing(played.path()).size() <= plan.tolerated)))
                    .forEach(plan -> assertThat(count(made, played.path() + plan.name))
                            .as("W1")
                            .isEqualTo(count(oracle.payloads, played.path() + plan.name)));
        }
    }

    private static long count(Map<String, JsonNode> members, String node) {
        return members.keySet().stream()
                .filter(key -> key.startsWith(node + "/") && key.indexOf('/', node.length() + 1) < 0)
                .count();
    }

    private static void play(Played root, Map<String, Plan> plans, Random random) {
        int steps = 0;
        root.turn(1 + random.nextInt(3));
        while (!root.flow.state().ended()) {
            if (++steps > 4_000) {
                throw new AssertionError("It does not end.");
            }
            step(root, plans, random);
        }
        assertThat(root.tree()).allSatisfy(one -> {
            assertThat(one.flow.state().ended()).as("W15").isTrue();
            assertThat(one.live).as("W15").isEmpty();
        });
    }

    /** Some members end, and all have a turn; if nothing lives, what waits goes on. */
    private static void step(Played root, Map<String, Plan> plans, Random random) {
        List<Played> alive = alive(root);
        int ends = random.nextInt(4);
        for (int i = 0; i < ends; i++) {
            List<Played> busy =
                    alive.stream().filter(one -> !one.live.isEmpty()).toList();
            if (!busy.isEmpty()) {
                Played one = busy.get(random.nextInt(busy.size()));
                end(one, plans, one.live.get(random.nextInt(one.live.size())));
            }
        }
        boolean more = false;
        for (Played one : alive) {
            int before = root.tree().size();
            more |= one.turn(1 + random.nextInt(3))
                    || one.flow.state().ended()
                    || root.tree().size() > before;
            assertWindows(one, plans);
        }
        if (!more && alive(root).stream().allMatch(one -> one.live.isEmpty())) {
            goOn(root, plans, random);
        }
    }

    private static List<Played> alive(Played root) {
        return root.tree().stream().filter(one -> !one.flow.state().ended()).toList();
    }

    /** What runs again after a retry is no concern of windows. */
    private static void assertWindows(Played played, Map<String, Plan> plans) {
        if (plans.values().stream().anyMatch(plan -> plan.mends)) {
            return;
        }
        Map<String, Integer> live = new HashMap<>();
        played.live.stream()
                .filter(one -> one.index() >= 0 && one.node() >= 0)
                .forEach(order -> live.merge(played.graph.node(order.node()).name(), 1, Integer::sum));
        live.forEach((name, many) -> {
            Plan plan = plan(plans, name);
            assertThat(many).as("W7").isLessThanOrEqualTo(plan.kind == Kind.MAP ? plan.window : 1);
        });
        played.flow.nodes().stream()
                .filter(node -> plan(plans, played.graph.node(node.number()).name()).kind == Kind.MAP_OF_CHILDREN)
                .forEach(node -> assertThat(node.counters().live())
                        .as("W7")
                        .isLessThanOrEqualTo(
                                plan(plans, played.graph.node(node.number()).name()).window));
    }

    /** What waits is sent what it waits for, or its time comes. */
    private static void goOn(Played root, Map<String, Plan> plans, Random random) {
        Optional<Instant> due = alive(root).stream()
                .map(one -> one.flow.due())
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
        if (due.isPresent() && random.nextBoolean()) {
            root.now = due.get();
        } else {
            alive(root)
                    .forEach(one -> one.graph.nodes().stream()
                            .filter(node -> plan(plans, node.name()).kind == Kind.SIGNAL)
                            .map(Node::name)
                            .filter(name -> !one.signals.contains(name))
                            .forEach(one.signals::add));
            root.now = root.now.plusSeconds(random.nextInt(6));
        }
    }

    private static void end(Played played, Map<String, Plan> plans, Order order) {
        if (order.node() <= Ending.UNDO) {
            String undone = played.graph.node(Ending.UNDO - order.node()).name();
            boolean fails = plan(plans, undone).undoingFails(played.path());
            played.end(order, null, fails ? new Failure("Bad", null) : null);
            return;
        }
        String name = played.graph.node(order.node()).name();
        if (order.index() < 0) {
            played.end(
                    order,
                    plan(plans, name)
                            .page(Objects.requireNonNull(order.payload()).asInt()),
                    null);
            return;
        }
        boolean fails = !isMended(played, plans)
                && plan(plans, name).failing(played.path()).contains(order.index());
        played.end(order, fails ? null : result(plan(plans, name), order), fails ? new Failure("Bad", null) : null);
    }

    private static JsonNode result(Plan plan, Order order) {
        JsonNode payload = Objects.requireNonNull(order.payload());
        String name = plan.name;
        if (plan.kind == Kind.GRAFT) {
            return plan.graft();
        }
        if (!payload.has("$chunk")) {
            return made(name, order.index());
        }
        ObjectNode results = JsonNodeFactory.instance.objectNode();
        ArrayNode list = results.putArray("$chunk");
        payload.get("$chunk").forEach(item -> list.add(made(name, item.asInt())));
        return results;
    }

    private static JsonNode made(String name, int index) {
        return JsonNodeFactory.instance.textNode("made by " + name + " " + index);
    }

    /** Whether nothing fails in it any more, since it, or one around it, was tried often enough. */
    private static boolean isMended(Played played, Map<String, Plan> plans) {
        Played around = played.around();
        if (around == null) {
            return false;
        }
        int mendsAt = plan(plans, played.placeName()).mendsAt;
        return (mendsAt > 1 && played.attempt() >= mendsAt) || isMended(around, plans);
    }

    private static Plan plan(Map<String, Plan> plans, String name) {
        return Objects.requireNonNull(plans.get(name), name);
    }
}
