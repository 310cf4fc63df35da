package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.workflows.turn.Members.Order;
import dev.millrace.api.workflows.turn.Plan.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However ends are grouped, and in whichever order they come, what becomes of a workflow is what the oracle says. */
class RandomWorkflowsTest {

    private static final int SEEDS = 2_000;

    @Test
    void W9_endAsTheOracleSays() {
        IntStream.range(0, SEEDS).forEach(RandomWorkflowsTest::check);
    }

    private static void check(int seed) {
        Random random = new Random(seed);
        Plan root = Plan.random(random);
        Map<String, Plan> plans = new HashMap<>();
        root.all().forEach(plan -> plans.put(plan.name, plan));
        Played played = new Played(root.body());

        play(played, plans, random);

        Oracle oracle = new Oracle();
        String outcome = oracle.outcome(root);
        String what = "seed " + seed + ": " + root.body();
        assertThat(played.flow.state().name()).as(what).isEqualTo(outcome);
        Map<String, String> states = new TreeMap<>();
        plans.keySet().forEach(name -> states.put(name, played.state(name)));
        assertThat(states).as(what).isEqualTo(oracle.states);
        assertPayloads(played, oracle, plans, what);
        if (!outcome.equals("FAILED") && plans.values().stream().noneMatch(RandomWorkflowsTest::waits)) {
            assertThat(played.flow.output()).as(what).isEqualTo(oracle.result(root));
        }
    }

    private static boolean waits(Plan plan) {
        return plan.kind == Kind.WAIT || plan.kind == Kind.SIGNAL;
    }

    /** A map that gives up makes some of its members; all else makes exactly those that it should. */
    private static void assertPayloads(Played played, Oracle oracle, Map<String, Plan> plans, String what) {
        Map<String, JsonNode> made = new TreeMap<>();
        for (Order order : played.made) {
            String name = played.graph.node(order.node()).name();
            assertThat(made.put(name + "/" + order.index(), order.payload()))
                    .as("W2 " + what)
                    .isNull();
        }
        if (plans.values().stream().noneMatch(RandomWorkflowsTest::waits)) {
            assertThat(oracle.payloads).as("W4 " + what).containsAllEntriesOf(made);
        }
        plans.values().stream()
                .filter(plan -> plan.kind != Kind.MAP || plan.failing.size() <= plan.tolerated)
                .forEach(
                        plan -> assertThat(count(made, plan)).as("W1 " + what).isEqualTo(count(oracle.payloads, plan)));
    }

    private static long count(Map<String, JsonNode> members, Plan plan) {
        return members.keySet().stream()
                .filter(key -> key.startsWith(plan.name + "/"))
                .count();
    }

    private static void play(Played played, Map<String, Plan> plans, Random random) {
        int steps = 0;
        boolean more = played.turn(1 + random.nextInt(3));
        while (!played.flow.state().ended()) {
            assertThat(++steps).as("It goes on.").isLessThan(2_000);
            if (!more && played.live.isEmpty()) {
                goOn(played, plans, random);
            }
            int ends = random.nextInt(4);
            for (int i = 0; i < ends && !played.live.isEmpty(); i++) {
                end(played, plans, played.live.get(random.nextInt(played.live.size())));
            }
            more = played.turn(1 + random.nextInt(3));
            assertWindows(played, plans);
        }
        assertThat(played.live).as("W15").isEmpty();
    }

    private static void assertWindows(Played played, Map<String, Plan> plans) {
        Map<String, Integer> live = new HashMap<>();
        played.live.forEach(order -> live.merge(played.graph.node(order.node()).name(), 1, Integer::sum));
        live.forEach((name, many) -> {
            Plan plan = plan(plans, name);
            assertThat(many).as("W7").isLessThanOrEqualTo(plan.kind == Kind.MAP ? plan.window : 1);
        });
    }

    /** What waits is sent what it waits for, or its time comes. */
    private static void goOn(Played played, Map<String, Plan> plans, Random random) {
        if (played.flow.due() != null && random.nextBoolean()) {
            played.now = played.flow.due();
        } else {
            plans.values().stream()
                    .filter(plan -> plan.kind == Kind.SIGNAL)
                    .map(plan -> plan.name)
                    .filter(name -> !played.signals.contains(name))
                    .forEach(played.signals::add);
            played.now = played.now.plusSeconds(random.nextInt(6));
        }
    }

    private static void end(Played played, Map<String, Plan> plans, Order order) {
        String name = played.graph.node(order.node()).name();
        boolean fails = plan(plans, name).failing.contains(order.index());
        JsonNode result = fails ? null : JsonNodeFactory.instance.textNode("made by " + name + " " + order.index());
        played.end(order, result, fails ? new Failure("Bad", null) : null);
    }

    private static Plan plan(Map<String, Plan> plans, String name) {
        return Objects.requireNonNull(plans.get(name), name);
    }
}
