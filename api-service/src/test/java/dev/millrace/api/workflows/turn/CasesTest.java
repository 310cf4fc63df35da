package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.workflows.graph.Step;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What workflows of others get wrong, as far as it is decided by turns alone. */
class CasesTest {

    private static final String CHORD =
            "{'root':{'chain':[{'name':'m','tolerate':'all','map':{'items':{'range':{'from':0,'to':%d}},'window':%d,"
                    + "'each':{'task':'x','payload':{'$ref':'/item'}}}},{'name':'body','task':'sum'}]}}";

    private static Played chord(int size, int window) {
        Played played = Played.of(CHORD.formatted(size, window));
        played.turn();
        return played;
    }

    private static long bodies(Played played) {
        int body = played.graph.named("body").orElseThrow().number();
        return played.made.stream().filter(order -> order.node() == body).count();
    }

    /** One by one, all at once, and in parts. */
    @Test
    void C1_theBodyRunsHoweverTheEndsOfItsHeaderAreGrouped() {
        for (int together : List.of(1, 2, 6)) {
            Played played = chord(6, 6);
            for (int i = 0; i < 6; i++) {
                assertThat(bodies(played)).isZero();
                played.end(played.live.getFirst(), null, null);
                if ((i + 1) % together == 0) {
                    played.turn();
                }
            }
            assertThat(bodies(played)).isEqualTo(1);
        }
    }

    @Test
    void C2_theBodyIsMadeOnceThoughTheEndsOfItsHeaderAreToldAgain() {
        Played played = chord(2, 2);
        played.end("m", 0, Played.json("0"));
        played.end("m", 1, Played.json("1"));
        played.turn();
        Turn again = new Turn(played.flow, played, played::take, played, played.now, 10);

        again.ended(1, 1, 2, 0);
        again.advance();

        assertThat(bodies(played)).isEqualTo(1);
        assertThat(played.state("m")).isEqualTo("SUCCEEDED");
    }

    @Test
    void C3_nothingIsLookedAtAgainWhileMembersRun() {
        Played played = chord(5, 5);

        assertThat(played.flow.due()).isNull();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.RUNNING);
    }

    @Test
    void C6_aGroupOfOneStepMakesAListOfOneAndTheBodyTakesIt() {
        Played played = Played.of(
                "{'root':{'chain':[{'group':[{'name':'only','task':'x','payload':1}]},{'name':'body','task':'y'}]}}");
        played.turn();
        played.succeed("only", "'x'");
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[\"x\"]");
    }

    /** Also if what ends first is the graph that a task has returned. */
    @Test
    void C7_listsAreByIndexWhateverEndsFirst() {
        Played played = chord(3, 3);
        played.end("m", 2, Played.json("'third'"));
        played.end("m", 1, Played.json("{'$flow':{'root':{'name':'in','task':'z','payload':1}}}"));
        played.turn();
        played.end("m", 0, Played.json("'first'"));
        played.turn();
        assertThat(bodies(played)).isZero();
        played.child("m", 1).succeed("in", "'second'");
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[\"first\",\"second\",\"third\"]");
    }

    @Test
    void C8_chainsAndGroupsAsTheBodySeeWhatTheHeaderMade() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'h','group':[{'name':'a','task':'x','payload':1},{'name':'b','task':'x',"
                        + "'payload':2}]},{'group':[{'chain':[{'name':'c','task':'y'},{'name':'d','task':'y','payload':{'$ref':'/steps/h/result'}}]},"
                        + "{'name':'e','task':'y'}]}]}}");
        played.turn();
        played.succeed("a", "'A'");
        played.succeed("b", "'B'");
        played.turn();
        played.succeed("c", "0");
        played.turn();

        assertThat(played.payloads().subList(2, 5)).containsOnly("[\"A\",\"B\"]");
    }

    /** Neither its length nor its depth. */
    @Test
    void C9_aJobKnowsNothingOfTheGraphAroundIt() {
        String steps = IntStream.range(0, 2_000)
                .mapToObj(i -> "{'name':'s" + i + "','task':'x'}")
                .collect(Collectors.joining(","));
        Played wide = Played.of("{'root':{'chain':[{'name':'a','task':'x','payload':0}," + steps + "]}}");
        String deep = "{'name':'s0','task':'x'}";
        for (int i = 0; i < 24; i++) {
            deep = "{'group':[" + deep + "]}";
        }
        Played nested = Played.of("{'root':{'chain':[{'name':'a','task':'x','payload':0}," + deep + "]}}");

        Stream.of(wide, nested).forEach(played -> {
            played.turn();
            played.succeed("a", "7");
            played.turn();
            Members.Order order = played.made.getLast();
            assertThat(order.payload()).hasToString("7");
            assertThat(((Step.Task) order.body()).job()).hasToString("{\"task\":\"x\"}");
        });
    }

    @Test
    void C10_howeverAMemberEndsItHasEnded() {
        Played played = chord(3, 3);
        for (String type : List.of("CANCELLED", "EXPIRED", "TIMED_OUT")) {
            assertThat(bodies(played)).isZero();
            played.end(played.live.getFirst(), null, new Failure(type, null));
            played.turn();
        }

        assertThat(played.payloads().getLast()).isEqualTo("[null,null,null]");
        assertThat(played.state("m")).isEqualTo("PARTIAL");
    }

    @Test
    void C11_aGroupThatIsCancelledStopsAllThatRunsInItAndBeginsNothing() {
        Played played = Played.of(
                "{'root':{'group':[{'chain':[{'name':'a','task':'x','payload':1},{'name':'b','task':'x'}]},{'name':'c','task':'x','payload':1}]}}");
        played.turn();
        played.cancelRequested = true;
        played.turn();
        assertThat(played.cancelled).containsExactly("a", "c");

        played.succeed("a", "1");
        played.fail("c");
        played.turn();

        assertThat(played.made).hasSize(2);
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
    }

    /** With a header of 42 that all fail, inside another one. */
    @Test
    void C12_aFailureIsToldOnceHoweverManyFailAndHoweverDeep() {
        Played played = Played.of(
                "{'root':{'chain':[{'group':[{'name':'m','map':{'items':{'range':{'from':0,'to':42}},'each':{'task':'x','payload':1}}},"
                        + "{'name':'n','workflow':{'root':{'name':'deep','task':'x','payload':1}}}]},{'task':'y'}]},"
                        + "'on':{'failure':{'task':'tell','payload':'failure'},'firstFailure':{'task':'tell','payload':'first'},"
                        + "'success':{'task':'tell','payload':'no'}}}");
        played.turn();
        played.child("n").fail("deep");
        played.turn();
        while (!played.live.stream().filter(order -> order.node() >= 0).toList().isEmpty()) {
            played.fail("m");
            played.turn();
        }
        played.turn();

        assertThat(played.payloads().stream().filter(payload -> payload.startsWith("\"")))
                .containsExactly("\"first\"", "\"failure\"");
    }

    @Test
    void C13_whatSucceededIsThereBesideWhatFailed() {
        Played played = Played.of(
                "{'root':{'graph':{'m':{'map':{'items':[1,2,3],'each':{'task':'x','payload':{'$ref':'/item'}}},'tolerate':'all'},"
                        + "'save':{'after':['m'],'task':'y','payload':{'made':{'$ref':'/steps/m/result'},'bad':{'$ref':'/steps/m/failures'},"
                        + "'counts':{'$ref':'/steps/m/counts'}}}}}}");
        played.turn();
        played.end("m", 1, null);
        played.end("m", 0, Played.json("'A'"));
        played.end("m", 2, Played.json("'C'"));
        played.turn();

        assertThat(played.payloads().getLast())
                .isEqualTo(
                        "{\"made\":[\"A\",null,\"C\"],\"bad\":[{\"index\":1}],\"counts\":{\"size\":3,\"succeeded\":2,\"failed\":1}}");
    }

    /** In a header, in a chain, and in a graph that was returned itself. */
    @Test
    void C16_aStepGoesOnBehindTheGraphThatItsTaskReturnedHoweverOftenThatIsDone() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'a','task':'x','payload':0},{'name':'m','map':{'items':[1,2],'each':{'task':'x',"
                        + "'payload':{'$ref':'/item'}}}},{'name':'body','task':'y'}]}}");
        String one = "{'$flow':{'root':{'name':'in','task':'z','payload':1}}}";
        played.turn();
        played.end("a", 0, Played.json(one));
        played.turn();
        played.child("a").end("in", 0, Played.json(one));
        played.turn();
        assertThat(played.state("a")).isEqualTo("RUNNING");
        played.child("a").child("in").succeed("in", "'deep'");
        played.turn();
        played.end("m", 0, Played.json(one));
        played.end("m", 1, Played.json("'B'"));
        played.turn();
        assertThat(bodies(played)).isZero();
        played.child("m").succeed("in", "'A'");
        played.turn();

        assertThat(played.payloads().getLast()).isEqualTo("[\"A\",\"B\"]");
        assertThat(bodies(played)).isEqualTo(1);
    }

    @Test
    void C18_aMapTakesWhatTheStepBeforeReturnedAndNoMoreOfItThanItsWindow() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'list','task':'x','payload':0},{'name':'m','map':{'items':{'$ref':'/prev'},'window':2,"
                        + "'each':{'chain':[{'name':'one','task':'y','payload':{'$ref':'/item'}},{'name':'two','task':'z'}]}}}]}}");
        played.turn();
        played.succeed("list", "['a','b','c']");
        played.turn();
        assertThat(played.tree()).as("itself and two of three").hasSize(3);

        played.child("m", 1).succeed("one", "1");
        played.turn();
        assertThat(played.tree()).as("a chain with a step to go").hasSize(3);
        played.child("m", 1).succeed("two", "2");
        played.turn();

        assertThat(played.child("m", 2).payloads()).containsExactly("\"c\"");
    }

    @Test
    void C19_goesOnFromTheStepThatFailedOrPastItIfThatIsSaid() {
        String chain =
                "{'root':{'chain':[{'name':'a','task':'x','payload':1},{'name':'b'%s,'task':'x','payload':2},{'name':'c','task':'x'}]}}";
        Played past = Played.of(chain.formatted(",'onFailure':{'result':'instead'}"));
        Played again = Played.of(chain.formatted(""));
        Stream.of(past, again).forEach(played -> {
            played.turn();
            played.succeed("a", "1");
            played.turn();
            played.fail("b");
            played.turn();
        });
        assertThat(past.payloads()).containsExactly("1", "2", "\"instead\"");

        again.retry();
        again.turn();
        again.succeed("b", "'B'");
        again.turn();

        assertThat(again.payloads()).containsExactly("1", "2", "\"B\"");
    }

    @Test
    void X1_aWorkflowInsideThatFailsIsAnEndAndIsListed() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'m','tolerate':'all','map':{'items':[1,2],'each':{'group':[{'name':'t','task':'x','payload':1}]}}},"
                        + "{'name':'body','task':'y','payload':{'$ref':'/steps/m/failures'}}]}}");
        played.turn();
        played.child("m", 0).fail("t");
        played.child("m", 1).fail("t");
        played.turn();

        assertThat(played.payloads()).containsExactly("[{\"index\":0},{\"index\":1}]");
    }

    @Test
    void X2_aParentIsNotDoneBeforeWhatItsMembersMade() {
        Played played = chord(2, 2);
        played.end("m", 0, Played.json("{'$flow':{'root':{'name':'in','task':'z','payload':1}}}"));
        played.end("m", 1, Played.json("1"));
        played.turn();
        played.turn();

        assertThat(bodies(played)).isZero();
        assertThat(played.state("m")).isEqualTo("RUNNING");
    }

    /** Forty ends at a time: a turn for each, and no result is read before all are there. */
    @Test
    void X3_aJoinOf4000MembersIsCountedAndNotReadAgain() {
        Played played = chord(4_000, 100);
        int turns = 0;
        while (bodies(played) == 0) {
            List<Members.Order> some = List.copyOf(played.live.subList(0, 40));
            some.forEach(order -> played.end(order, order.payload(), null));
            assertThat(played.listsRead).isZero();
            played.turn(500);
            turns++;
        }

        assertThat(turns).isEqualTo(100);
        assertThat(played.listsRead).isEqualTo(1);
        JsonNode list = Objects.requireNonNull(played.made.getLast().payload());
        assertThat(IntStream.range(0, 4_000)).allMatch(i -> list.get(i).asInt() == i);
    }

    @Test
    void X4_anItemThatIsSkippedKeepsItsPlace() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'m','map':{'items':[1,2,3],'each':{'chain':[{'name':'t','when':{'not':{'ref':'/item','is':2}},"
                        + "'task':'x','payload':{'$ref':'/item'}}]}}},{'name':'body','task':'y'}]}}");
        played.turn();
        played.child("m", 2).succeed("t", "'three'");
        played.child("m", 0).succeed("t", "'one'");
        played.turn();

        assertThat(played.payloads()).containsExactly("[\"one\",null,\"three\"]");
    }

    @Test
    void X5_aRetryWaitsAgainForWhatDidNotComeInTime() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'a','task':'x','payload':1},{'name':'s','signal':'go','timeout':'PT1M'},{'name':'b','task':'y'}]}}");
        played.turn();
        played.succeed("a", "1");
        played.turn();
        played.now = played.now.plusSeconds(60);
        played.turn();
        assertThat(played.flow.error()).isNotNull().extracting(Failure::type).isEqualTo("SignalTimeout");

        played.retry();
        played.turn();
        assertThat(played.state("s")).isEqualTo("WAITING");
        assertThat(played.flow.due()).isEqualTo(played.now.plusSeconds(60));
        played.signals.add("go");
        played.turn();

        assertThat(played.made).hasSize(2);
        assertThat(played.made.getLast().node()).isEqualTo(3);
    }

    @Test
    void X6_aGateInsideAFanOutIsOpenedByItself() {
        Played played = Played.of(
                "{'root':{'map':{'items':[1,2],'each':{'chain':[{'name':'gate','signal':'go'},{'name':'t','task':'x','payload':{'$ref':'/item'}}]}}}}");
        played.turn();
        String root = played.graph.root().name();

        played.child(root, 1).signals.add("go");
        played.turn();

        assertThat(played.child(root, 0).state("gate")).isEqualTo("WAITING");
        assertThat(played.child(root, 1).payloads()).containsExactly("2");
    }

    /** A condition, an edge for failures and a failure before it: each in turn. */
    @Test
    void W10_whatIsSkippedOrNotReachedIsNotMade() {
        Played played = Played.of(
                "{'input':{'n':1},'root':{'graph':{'a':{'task':'x','payload':'a'},'b':{'after':[{'node':'a','on':'failure'}],'task':'x','payload':'b'},"
                        + "'c':{'when':{'ref':'/input/n','is':2},'task':'x','payload':'c'},'d':{'task':'x','payload':'d'},"
                        + "'e':{'after':['d'],'task':'x','payload':'e'},'f':{'after':[{'node':'d','on':'failure'}],'task':'x','payload':'f'}}}}");
        played.turn();
        played.succeed("a", "1");
        played.fail("d");
        played.turn();
        played.succeed("f", "1");
        played.turn();

        assertThat(Stream.of("b", "c", "e").map(played::state)).containsExactly("SKIPPED", "SKIPPED", "UNREACHED");
        assertThat(played.payloads()).containsExactly("\"a\"", "\"d\"", "\"f\"");
    }

    /** A list of a hundred thousand is neither made nor read for the fifty that may live. */
    @Test
    void W22_aTurnMakesAsMuchAsItMayHoweverLongTheList() {
        Played played = chord(100_000, 10_000);
        Played fresh = Played.of(CHORD.formatted(100_000, 10_000));

        assertThat(fresh.turn(500)).isTrue();

        assertThat(fresh.made).hasSize(500);
        assertThat(fresh.flow.nodes()).allMatch(node -> node.newItems() == null);
        assertThat(played.live).hasSize(10_000);
    }
}
