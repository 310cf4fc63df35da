package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static List<String> payloads(Played played) {
        return played.made.stream()
                .map(order -> String.valueOf(order.payload()))
                .toList();
    }

    @Test
    void handsTheResultOfAStepToTheNext() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'a','task':'x','payload':{'v':{'$ref':'/input/n'}}},{'name':'b','task':'y'},"
                        + "{'name':'c','task':'z','payload':{'$ref':'/steps/a/result/rows'}}]},'input':{'n':7}}");

        played.turn();
        played.succeed("a", "{'rows':[1,2]}");
        played.turn();
        played.succeed("b", "'done'");
        played.turn();
        played.succeed("c", "3");
        played.turn();

        assertThat(payloads(played)).containsExactly("{\"v\":7}", "{\"rows\":[1,2]}", "[1,2]");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
        assertThat(played.flow.output()).hasToString("3");
    }

    @Test
    void W3_makesTheBodyOfAChordOnceAllOfItsHeaderHasEnded() {
        Played played = Played.of("{'root':{'chain':[{'name':'m','map':{'items':{'range':{'from':0,'to':5}},'window':2,"
                + "'each':{'task':'x','payload':{'$ref':'/item'}}}},{'name':'sum','task':'sum'}]}}");

        played.turn();
        assertThat(played.live).hasSize(2);
        for (int i = 4; i >= 0; i--) {
            assertThat(played.state("sum")).isEqualTo("PENDING");
            Members.Order last = played.live.getLast();
            played.end(last, last.payload(), null);
            played.turn();
            assertThat(played.live).hasSizeLessThanOrEqualTo(2);
        }

        assertThat(played.made.getLast().payload()).hasToString("[0,1,2,3,4]");
    }

    @Test
    void W17_goesOnBehindAnEmptyMapAndAnEmptyGroup() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'m','map':{'items':[],'each':{'task':'x','payload':1}}},{'group':[]},"
                        + "{'name':'end','task':'y'}]}}");

        played.turn();

        assertThat(payloads(played)).containsExactly("[]");
        assertThat(played.state("m")).isEqualTo("SUCCEEDED");
    }

    @Test
    void reachesNothingBehindAFailure() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'a','task':'x','payload':1},{'name':'b','task':'y'},{'name':'c','task':'z'}]},"
                        + "'on':{'failure':{'task':'tell','payload':{'$ref':'/outcome'}},'success':{'task':'no','payload':1},"
                        + "'firstFailure':{'task':'first','payload':{'$ref':'/outcome/node'}}}}");

        played.turn();
        played.fail("a");
        played.turn();

        assertThat(List.of(played.state("a"), played.state("b"), played.state("c")))
                .containsExactly("FAILED", "UNREACHED", "UNREACHED");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.FAILED);
        assertThat(played.flow.error()).isEqualTo(new Failure("Bad", "It failed."));
        assertThat(payloads(played).subList(1, 3))
                .containsExactly(
                        "\"a\"",
                        "{\"state\":\"FAILED\",\"output\":null,\"error\":{\"type\":\"Bad\",\"message\":\"It failed.\"},\"node\":\"a\"}");
    }

    /** Whatever is told again afterwards. */
    @Test
    void W13_tellsOfTheOutcomeOnce() {
        Played played =
                Played.of("{'root':{'name':'a','task':'x','payload':1},'on':{'complete':{'task':'tell','payload':1}}}");
        played.turn();
        played.succeed("a", "1");
        played.turn();
        played.turn();

        assertThat(played.made).hasSize(2);
    }

    @Test
    void toleratesAsManyFailuresAsItIsTold() {
        Played played = Played.of("{'root':{'chain':[{'name':'m','tolerate':{'percent':50},'map':{'items':['a','b'],"
                + "'each':{'task':'x','payload':{'$ref':'/item'}}}},{'name':'save','task':'y','payload':"
                + "{'got':{'$ref':'/prev'},'bad':{'$ref':'/steps/m/failures'}}}]}}");

        played.turn();
        played.fail("m");
        played.succeed("m", "'B'");
        played.turn();
        played.succeed("save", "1");
        played.turn();

        assertThat(played.made.getLast().payload()).hasToString("{\"got\":[null,\"B\"],\"bad\":[{\"index\":0}]}");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.PARTIAL);
    }

    @Test
    void makesNoMoreMembersOnceTooManyHaveFailed() {
        Played played = Played.of("{'root':{'name':'m','map':{'items':{'range':{'from':0,'to':10}},'window':2,"
                + "'each':{'task':'x','payload':{'$ref':'/item'}}}}}");

        played.turn();
        played.fail("m");
        played.turn();
        assertThat(played.made).hasSize(2);
        assertThat(played.state("m")).isEqualTo("RUNNING");
        played.succeed("m", "1");
        played.turn();

        assertThat(played.made).hasSize(2);
        assertThat(played.flow.error()).isEqualTo(new Failure("MembersFailed", "1 of 10 members failed."));
    }

    @Test
    void goesOnWithTheResultThatStandsForAFailure() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'a','onFailure':{'result':9},'task':'x','payload':1},{'name':'b','task':'y'}]}}");

        played.turn();
        played.fail("a");
        played.turn();
        played.succeed("b", "1");
        played.turn();

        assertThat(payloads(played)).containsExactly("1", "9");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
    }

    @Test
    void abortsWhatIsOpenBesideAFailureButNotWhatIsThereForIt() {
        Played played = Played.of(
                "{'root':{'graph':{'a':{'onFailure':'abort','task':'x','payload':1},'b':{'task':'x','payload':1},"
                        + "'c':{'after':['b'],'task':'x'"
                        + ",'payload':1},'undo':{'after':[{'node':'a','on':'failure'}],'task':'x','payload':2}}}}");

        played.turn();
        played.fail("a");
        played.turn();
        assertThat(played.cancelled).containsExactly("b");
        played.fail("b");
        played.succeed("undo", "1");
        played.turn();

        assertThat(List.of(played.state("a"), played.state("b"), played.state("c"), played.state("undo")))
                .containsExactly("FAILED", "CANCELLED", "CANCELLED", "SUCCEEDED");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.FAILED);
    }

    @Test
    void W8_makesNothingAfterACancel() {
        Played played = Played.of("{'root':{'chain':[{'name':'m','map':{'items':{'range':{'from':0,'to':9}},'window':1,"
                + "'each':{'task':'x','payload':{'$ref':'/item'}}}},{'name':'s','signal':'go'}]},"
                + "'on':{'failure':{'task':'tell','payload':{'$ref':'/outcome/state'}}}}");
        played.turn();

        played.cancelRequested = true;
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLING);
        assertThat(played.cancelled).containsExactly("m");
        played.succeed("m", "1");
        played.turn();

        assertThat(payloads(played)).containsExactly("0", "\"CANCELLED\"");
        assertThat(played.state("m")).isEqualTo("CANCELLED");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
    }

    @Test
    void endsAtItsDeadlineAlsoWhileItWaits() {
        Played played = Played.of("{'root':{'name':'s','signal':'go'}}");
        played.deadline = Played.START.plusSeconds(60);
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.WAITING);
        assertThat(played.flow.due()).isEqualTo(played.deadline);

        played.now = played.deadline;
        played.turn();

        assertThat(played.flow.state()).isEqualTo(WorkflowState.TIMED_OUT);
        assertThat(played.state("s")).isEqualTo("CANCELLED");
    }

    @Test
    void W11_keepsASignalThatCameEarlyAndHandsItToOneNode() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'a','task':'x','payload':1},{'name':'s','signal':'go'},{'name':'t','signal':'go',"
                        + "'timeout':'PT1H','onTimeout':'continue'}]}}");
        played.signals.add("go");
        played.turn();
        played.succeed("a", "1");
        played.turn();
        assertThat(List.of(played.state("s"), played.state("t"))).containsExactly("SUCCEEDED", "WAITING");

        played.now = played.now.plus(Duration.ofHours(1));
        played.turn();

        assertThat(played.flow.output())
                .hasToString("{\"payload\":null,\"by\":null,\"at\":\"2026-01-01T01:00:00Z\",\"timedOut\":true}");
    }

    @Test
    void aSignalThatIsThereGoesBeforeATimeThatIsOver() {
        Played played = Played.of("{'root':{'name':'s','signal':'go','timeout':'PT1S'}}");
        played.turn();
        played.signals.add("go");
        played.now = played.now.plusSeconds(2);

        played.turn();

        assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
    }

    @Test
    void W12_waitsNoLessThanItIsTold() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'w','wait':{'for':'PT10S'}},{'name':'a','task':'x','payload':1}]}}");
        played.turn();
        played.now = played.now.plusMillis(9_999);
        played.turn();
        assertThat(played.made).isEmpty();

        played.now = played.now.plusMillis(1);
        played.turn();

        assertThat(played.made).hasSize(1);
    }

    @Test
    void skipsABranchAndNotTheJoinBehindIt() {
        Played played = Played.of("{'input':{'yes':false},'root':{'graph':{"
                + "'a':{'when':{'ref':'/input/yes','is':true},'chain':[{'name':'deep','task':'x','payload':1}]},"
                + "'join':{'after':['a'],'task':'y','payload':{'$ref':'/steps/a/result'}}}}}");

        played.turn();

        assertThat(List.of(played.state("a"), played.state("deep"))).containsExactly("SKIPPED", "SKIPPED");
        assertThat(payloads(played)).containsExactly("null");
    }

    @Test
    void failsAStepWhoseReferenceLeadsNowhere() {
        Played played = Played.of("{'root':{'name':'a','task':'x','payload':{'$ref':'/input/gone'}}}");

        played.turn();

        assertThat(played.made).isEmpty();
        assertThat(played.flow.error())
                .isEqualTo(new Failure("ReferenceMissing", "There is nothing at /input/gone, and no default."));
    }

    @Test
    void W16_opensWhatFailedAndWhatCameAfterIt() {
        Played played = Played.of(
                "{'root':{'graph':{'a':{'task':'x','payload':1},'b':{'task':'x','payload':1},'c':{'after':['b'],'chain':["
                        + "{'name':'d','task':'x','payload':1},{'name':'e','signal':'go'}]},'f':{'after':['a'],'task':'x','payload':1}}}}");
        played.turn();
        played.succeed("a", "1");
        played.fail("b");
        played.turn();
        played.succeed("f", "1");
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.FAILED);

        assertThat(Retry.fromFailed(played.flow))
                .containsExactly(played.graph.named("b").orElseThrow().number());

        assertThat(List.of(
                        played.state("root"),
                        played.state("a"),
                        played.state("b"),
                        played.state("c"),
                        played.state("d"),
                        played.state("f")))
                .containsExactly("RUNNING", "SUCCEEDED", "RUNNING", "PENDING", "PENDING", "SUCCEEDED");
        assertThat(played.run("d")).isEqualTo(2);
        assertThat(played.run("b")).isEqualTo(1);
    }

    @Test
    void dropsWhatIsToldOfAnotherRun() {
        Played played = Played.of("{'root':{'name':'a','task':'x','payload':1}}");
        played.turn();
        Turn turn = new Turn(played.flow, played, (name, node) -> Optional.empty(), played, played.now, 10);

        assertThat(turn.ended(0, 2, 1, 0)).isFalse();
        assertThat(turn.dropped()).isEqualTo(1);
        assertThat(played.flow.nodes().getFirst().counters().succeeded()).isZero();
    }
}
