package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The first 22 chains of Celery's integration tests of its canvas, by their place in the class {@code test_chain}, as graphs of ours. Tasks add,
 * sum and echo; one named {@code become} gives its place to the graph in its payload. The last job that was made ends first.
 */
class CanvasTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<String> echoed = new ArrayList<>();

    private static String chain(String... steps) {
        return "{'chain':[" + String.join(",", steps) + "]}";
    }

    private static String group(String... steps) {
        return "{'group':[" + String.join(",", steps) + "]}";
    }

    private static String add(int x, int y) {
        return "{'task':'add','payload':[%d,%d]}".formatted(x, y);
    }

    /** To what the step before made. */
    private static String add(int y) {
        return "{'task':'add','payload':[{'$ref':'/prev'},%d]}".formatted(y);
    }

    private static String sum() {
        return "{'task':'add'}";
    }

    private static String echo(Object value) {
        return "{'task':'echo','payload':%s}".formatted(value);
    }

    private static String become(String graph) {
        return "{'task':'become','payload':{'$literal':" + graph + "}}";
    }

    private Played played(String root) {
        Played played = Played.of("{'root':" + root + "}");
        played.turn();
        work(played);
        return played;
    }

    private void work(Played played) {
        List<Played> busy =
                played.tree().stream().filter(one -> !one.live.isEmpty()).toList();
        while (!busy.isEmpty()) {
            Played one = busy.getLast();
            Members.Order order = one.live.getLast();
            JsonNode made = made(((Step.Task) order.body()).job().get("task").textValue(), order.payload());
            one.end(order, made, made == null ? new Failure("ExpectedException", "It is to fail.") : null);
            played.turn();
            busy = played.tree().stream().filter(some -> !some.live.isEmpty()).toList();
        }
    }

    private @Nullable JsonNode made(String task, @Nullable JsonNode given) {
        JsonNode payload = Objects.requireNonNull(given);
        return switch (task) {
            case "add" ->
                JSON.numberNode(IntStream.range(0, payload.size())
                        .map(i -> payload.get(i).asInt())
                        .sum());
            case "echo" -> {
                echoed.add(payload.asText());
                yield payload;
            }
            case "become" -> {
                ObjectNode flow = JSON.objectNode();
                flow.putObject("$flow").set("root", payload);
                yield flow;
            }
            default -> null;
        };
    }

    private void assertMakes(String root, String output) {
        Played played = played(root);
        assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
        assertThat(played.flow.output()).hasToString(Played.json(output).toString());
    }

    @Test
    void canvas01_aChainOfThree() {
        assertMakes(chain(add(4, 4), add(8), add(16)), "32");
    }

    @Test
    void canvas02_aChainOfOne() {
        assertMakes(chain(add(3, 4)), "7");
    }

    @Test
    void canvas03_aChainInAChainWithATaskThatIsReplacedAndAGroupBehind() {
        String replaced = become(add(8, 8));
        assertMakes(
                chain(add(2, 2), chain(add(4), replaced, add(16), add(32)), group(add(0), add(1), add(2), add(3))),
                "[64,65,66,67]");
    }

    /** Here the group around it makes a list too. */
    @Test
    void canvas04_aGroupAtTheEndOfAChainInAGroup() {
        assertMakes(group(chain(add(1, 2), group(add(1), add(2)))), "[[4,5]]");
    }

    @Test
    void canvas05_aChainOfAChainWithASingleTask() {
        assertMakes(chain(chain(add(1, 1))), "2");
    }

    @Test
    void canvas06_aChainWhoseSecondStepFails() {
        Played played = played(chain(add(1, 2), "{'task':'fail'}", "{'name':'last','task':'add','payload':[3,4]}"));

        assertThat(played.flow.error()).isEqualTo(new Failure("ExpectedException", "It is to fail."));
        assertThat(played.state("last")).isEqualTo("UNREACHED");
    }

    @Test
    void canvas07_aChainInsideAGroupIsGivenWhatCameBeforeTheGroup() {
        assertMakes(chain(add(5, 6), group(chain(add(1), add(2)), add(3))), "[14,14]");
    }

    @Test
    void canvas08_aTaskThatRunsAChainHasItsResult() {
        assertMakes(become(chain(add(4, 4), add(8))), "16");
    }

    @Test
    void canvas09_aGroupATaskAndAGroupRunOneBehindTheOther() {
        Played played = played(chain(
                group(echo("'before 0'"), echo("'before 1'"), echo("'before 2'")),
                echo("'connect'"),
                group(echo("'after 0'"), echo("'after 1'"))));

        assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
        assertThat(echoed.subList(0, 3)).containsExactlyInAnyOrder("before 0", "before 1", "before 2");
        assertThat(echoed.get(3)).isEqualTo("connect");
        assertThat(echoed.subList(4, 6)).containsExactlyInAnyOrder("after 0", "after 1");
    }

    @Test
    void canvas10_aGroupInAChainInAGroupIsAListInItsPlace() {
        assertMakes(group(echo(1), echo(2), chain(echo(5), group(echo(3), echo(4)))), "[1,2,[3,4]]");
    }

    @Test
    void canvas11_aTaskThatIsReplacedByOneThatIsReplaced() {
        String second = chain(echo("'In B'"), become(chain(echo("'In/Out C'"), echo("'Out B'"))));
        assertMakes(chain(echo("'In A'"), become(chain(second, echo("'Out A'")))), "'Out A'");

        assertThat(echoed).containsExactly("In A", "In B", "In/Out C", "Out B", "Out A");
    }

    /** Each step has the one before it, and all of them one workflow. */
    @Test
    void canvas12_tenStepsEachBehindItsParent() {
        String steps = IntStream.range(0, 10).mapToObj(CanvasTest::echo).collect(Collectors.joining(","));
        Played played = played("{'chain':[" + steps + "]}");

        assertThat(echoed)
                .isEqualTo(IntStream.range(0, 10).mapToObj(String::valueOf).toList());
        assertThat(IntStream.range(2, 11))
                .allMatch(number -> played.graph
                                .before(played.graph.node(number))
                                .orElseThrow()
                                .number()
                        == number - 1);
    }

    /** A task that hears of its soft limit and returns none the less has succeeded. */
    @Test
    void canvas13_aHeaderOfWhichATaskDealsWithItsSoftLimit() {
        assertMakes(chain(group(add(1, 2), "{'task':'echo','payload':0,'softTimeout':'PT1S'}"), sum()), "3");
    }

    @Test
    void canvas14_aChordThatBeginsLaterAndDoesNotFail() {
        Played played = Played.of("{'root':"
                + chain("{'wait':{'for':'PT10S'}}", group(add(1, 2), add(3, 4)), sum())
                + ",'on':{'failure':{'task':'echo','payload':'failed'}}}");
        played.turn();
        assertThat(played.made).isEmpty();

        played.now = played.now.plus(Duration.ofSeconds(10));
        played.turn();
        work(played);

        assertThat(played.flow.output()).hasToString("10");
        assertThat(echoed).isEmpty();
    }

    @Test
    void canvas15_aChainThatIsBuiltInATaskHasTheResultsOfItsGroups() {
        JsonNode output = Objects.requireNonNull(played(become(group(group(echo(1), group(echo(2), echo(3))), echo(4))))
                .flow
                .output());

        assertThat(output).hasSize(2);
        assertThat(output.at("/0/1")).isInstanceOf(ArrayNode.class).hasToString("[2,3]");
    }

    @Test
    void canvas16_aTaskAGroupAndAChord() {
        assertMakes(chain(add(1, 0), group(add(1), add(1)), group(sum(), sum()), sum()), "8");
    }

    @Test
    void canvas17_chordsAsGroupsBehindWhichTwoTasksFollow() {
        assertMakes(chain(add(1, 0), group(add(1), add(1)), sum(), add(1), group(add(1), add(1)), sum()), "12");
    }

    @Test
    void canvas18_aChordAtTheEndOfAChainWithAChord() {
        assertMakes(chain(add(1, 0), group(add(1), add(1)), sum(), add(1), chain(group(add(1), add(1)), sum())), "12");
    }

    @Test
    void canvas19_aChordAndAGroupWithTwoTasks() {
        assertMakes(chain(add(1, 0), group(add(1), add(1)), sum(), add(1), group(add(1), add(1))), "[6,6]");
    }

    @Test
    void canvas20_aChordATaskAndAGroup() {
        assertMakes(chain(group(add(1, 1), add(1, 1)), sum(), add(1), group(add(1), add(1))), "[6,6]");
    }

    @Test
    void canvas21_aChordTwoTasksAndAGroup() {
        assertMakes(chain(group(add(1, 1), add(1, 1)), sum(), add(1), add(1), group(add(1), add(1))), "[7,7]");
    }

    @Test
    void canvas22_aChordThreeTasksAndAGroup() {
        assertMakes(chain(group(add(1, 1), add(1, 1)), sum(), add(1), add(1), add(1), group(add(1), add(1))), "[8,8]");
    }
}
