package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    @Test
    void C4_anElementThatIsAChainFailsBeforeItsLastStepAndTheBodyStillComesOnce() {
        Played played =
                Played.of("{'root':{'chain':[{'name':'m','tolerate':'all','map':{'items':['a','b'],'each':{'chain':["
                        + "{'name':'one','task':'x','payload':{'$ref':'/item'}},{'name':'two','task':'y'}]}}},{'name':'sum','task':'sum',"
                        + "'payload':{'got':{'$ref':'/prev'},'bad':{'$ref':'/steps/m/failures'}}}]}}");
        played.turn();

        played.child("m", 0).fail("one");
        played.child("m", 1).succeed("one", "1");
        played.turn();
        played.child("m", 1).succeed("two", "'B'");
        played.turn();

        assertThat(payloads(played)).containsExactly("{\"got\":[null,\"B\"],\"bad\":[{\"index\":0}]}");
        assertThat(played.child("m", 0).state("two")).isEqualTo("UNREACHED");
    }

    /** A group in a chain in a group, each of them a workflow. */
    @Test
    void C5_joinsHoweverDeepTheyAreNested() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'m','map':{'items':[1,2],'each':{'chain':[{'name':'in','map':{'items':[3,4],"
                        + "'each':{'group':[{'name':'t','task':'x','payload':{'$ref':'/item'}}]}}},{'name':'s','task':'sum'}]}}},"
                        + "{'name':'all','task':'sum'}]}}");
        played.turn();
        for (int outer = 1; outer >= 0; outer--) {
            for (int inner = 0; inner < 2; inner++) {
                Played deep = played.child("m", outer).child("in", inner);
                assertThat(deep.made.getFirst().payload()).hasToString(String.valueOf(3 + inner));
                deep.succeed("t", String.valueOf(outer * 10 + inner));
            }
            played.turn();
            played.child("m", outer).succeed("s", "'" + outer + "'");
        }
        played.turn();

        assertThat(played.child("m", 1).made.getLast().payload()).hasToString("[[10],[11]]");
        assertThat(payloads(played)).containsExactly("[\"0\",\"1\"]");
    }

    @Test
    void W15_cancelsWhatIsInsideAndEndsBehindIt() {
        Played played = Played.of(
                "{'root':{'name':'c','workflow':{'root':{'chain':[{'name':'a','task':'x','payload':{'$ref':'/input'}},"
                        + "{'name':'b','task':'y'}]}},'input':{'n':1}}}");
        played.turn();
        Played child = played.child("c");
        assertThat(payloads(child)).containsExactly("{\"n\":1}");

        played.cancelRequested = true;
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLING);
        assertThat(child.cancelled).containsExactly("a");
        child.succeed("a", "1");
        played.turn();

        assertThat(child.flow.state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(child.state("b")).isEqualTo("CANCELLED");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
    }

    @Test
    void aFailureInsideIsThatOfTheStep() {
        Played played = Played.of(
                "{'root':{'chain':[{'name':'c','onFailure':{'result':'instead'},'workflow':{'root':{'name':'a',"
                        + "'task':'x','payload':1}}},{'name':'next','task':'y'}]}}");
        played.turn();
        played.child("c").fail("a");
        played.turn();

        assertThat(payloads(played)).containsExactly("\"instead\"");
        assertThat(played.flow.nodes().get(1).error()).isEqualTo(new Failure("Bad", "It failed."));
    }

    @Test
    void C6_aMapOverOneItemAndOverNoneMakesAList() {
        Played played = Played.of("{'root':{'group':[{'name':'none','map':{'items':[],'each':{'group':[]}}},"
                + "{'name':'one','map':{'items':[7],'each':{'group':[]}}}]}}");

        played.turn();

        assertThat(played.flow.output()).hasToString("[[],[[]]]");
    }

    /** A place of a step that was skipped is null to those who say nothing else, also inside. */
    @Test
    void whatWasSkippedOutsideIsSkippedForWhatIsInside() {
        Played played = Played.of(
                "{'input':{},'root':{'chain':[{'name':'s','when':{'ref':'/input/no','exists':true},'task':'x','payload':1},"
                        + "{'name':'m','map':{'items':[1],'each':{'group':[{'name':'t','task':'x','payload':[{'$ref':'/steps/s/result'},"
                        + "{'$ref':'/steps/s/result','default':5},{'$ref':'/input/gone','default':6}]}]}}}]}}");

        played.turn();

        assertThat(payloads(played.child("m"))).containsExactly("[null,5,6]");
    }

    private static final String SAGA =
            "{'input':{'n':1},'root':{'chain':[{'name':'flight','task':'book','payload':1,'compensate':"
                    + "{'task':'unbook','payload':{'$ref':'/steps/flight/result'}}},{'name':'hotel','task':'book','payload':2,'compensate':"
                    + "{'task':'unbook','payload':{'$ref':'/steps/hotel/result'}}},{'name':'pay','task':'pay','payload':3,'compensate':"
                    + "{'task':'refund','payload':3}}]},'on':{'failure':{'task':'tell','payload':{'$ref':'/outcome/state'}}}}";

    private static Played booked() {
        Played played = Played.of(SAGA);
        played.turn();
        played.succeed("flight", "'F'");
        played.now = played.now.plusSeconds(1);
        played.turn();
        played.succeed("hotel", "'H'");
        played.now = played.now.plusSeconds(1);
        played.turn();
        return played;
    }

    private static void endUndo(Played played, @Nullable Failure failure) {
        Members.Order undo = played.live.stream()
                .filter(order -> order.node() <= Ending.UNDO)
                .findFirst()
                .orElseThrow();
        played.end(undo, null, failure);
        played.turn();
    }

    @Test
    void W24_undoesWhatSucceededTheLatestFirstAndOnceEach() {
        Played played = booked();
        played.fail("pay");
        played.turn();

        assertThat(played.flow.state()).isEqualTo(WorkflowState.COMPENSATING);
        assertThat(payloads(played)).containsExactly("1", "2", "3", "\"H\"");
        played.turn();
        endUndo(played, null);
        assertThat(played.flow.state()).isEqualTo(WorkflowState.COMPENSATING);
        endUndo(played, null);

        assertThat(payloads(played)).containsExactly("1", "2", "3", "\"H\"", "\"F\"", "\"FAILED\"");
        assertThat(played.flow.state()).isEqualTo(WorkflowState.FAILED);
        assertThat(played.flow.compensated()).isTrue();
        assertThat(played.flow.error()).isEqualTo(new Failure("Bad", "It failed."));
    }

    @Test
    void W24_reportsACompensationThatFailedAndGoesOnWithTheNext() {
        Played played = booked();
        played.fail("pay");
        played.turn();
        endUndo(played, new Failure("No", null));
        endUndo(played, null);

        assertThat(played.flow.state()).isEqualTo(WorkflowState.FAILED);
        assertThat(played.flow.compensated()).isFalse();
    }

    @Test
    void undoesWhatIsCancelledOnlyIfItIsTold() {
        Played played = booked();
        played.cancelRequested = true;
        played.compensateRequested = true;
        played.turn();
        played.fail("pay");
        played.turn();
        endUndo(played, null);
        endUndo(played, null);
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(played.flow.compensated()).isTrue();

        Played other = booked();
        other.cancelRequested = true;
        other.turn();
        other.fail("pay");
        other.turn();
        assertThat(other.flow.state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(other.flow.compensated()).isNull();
    }

    /** What is half undone could neither be gone on with nor be relied on. */
    @Test
    void W24_undoesToTheEndWhatIsCancelledMeanwhile() {
        Played played = booked();
        played.fail("pay");
        played.turn();
        played.cancelRequested = true;
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.COMPENSATING);
        endUndo(played, null);
        endUndo(played, null);

        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(played.flow.compensated()).isTrue();
    }

    @Test
    void undoesNothingOfWhatSucceeds() {
        Played played = booked();
        played.succeed("pay", "1");
        played.turn();

        assertThat(played.flow.state()).isEqualTo(WorkflowState.SUCCEEDED);
        assertThat(played.flow.compensated()).isNull();
    }

    @Test
    void W16_goesOnFromANodeWithWhatCameAfterIt() {
        Played played = Played.of(
                "{'root':{'graph':{'a':{'task':'x','payload':1},'b':{'after':['a'],'group':[{'name':'c','task':'x',"
                        + "'payload':1},{'name':'d','task':'x','payload':1}]},'e':{'after':['b'],'task':'x','payload':1}}}}");
        played.turn();
        played.succeed("a", "1");
        played.turn();
        played.succeed("c", "1");
        played.fail("d");
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.FAILED);

        Retry.fromNode(played.flow, played.graph.named("c").orElseThrow());

        assertThat(List.of(
                        played.state("a"), played.state("b"), played.state("c"), played.state("d"), played.state("e")))
                .containsExactly("SUCCEEDED", "RUNNING", "PENDING", "FAILED", "PENDING");
        assertThat(List.of(played.run("a"), played.run("c"), played.run("d"), played.run("e")))
                .containsExactly(1, 2, 1, 2);
    }

    @Test
    void W16_goesOnFromItsStartWithNothingOfWhatItMade() {
        Played played = booked();
        played.fail("pay");
        played.turn();
        endUndo(played, null);
        endUndo(played, null);

        Retry.fromStart(played.flow);

        assertThat(List.of("root", "flight", "hotel", "pay"))
                .allMatch(name -> played.state(name).equals("PENDING") && played.run(name) == 2);
        assertThat(played.flow.nodes()).allMatch(node -> node.undo() == null);
        assertThat(played.flow.state()).isEqualTo(WorkflowState.RUNNING);
    }

    private static final String PAGED =
            "{'root':{'chain':[{'name':'m','tolerate':{'failures':1},'map':{'window':2,'items':{'pages':{'task':'page',"
                    + "'payload':{'after':{'$ref':'/cursor/id','default':0}}}},'each':{'task':'x','payload':{'$ref':'/item'}}}},{'name':'all','task':'sum'}]}}";

    private static Members.Order page(Played played) {
        return played.live.stream()
                .filter(order -> order.index() < 0)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** The first item is not kept waiting for the last page, and no page is read before it is needed. */
    @Test
    void C18_readsAListPageByPageAsItsItemsAreWorkedOff() {
        Played played = Played.of(PAGED);
        played.turn();
        assertThat(payloads(played)).containsExactly("{\"after\":0}");

        played.end(page(played), json("{'items':['a','b','c','d'],'next':{'id':4}}"), null);
        played.turn();
        assertThat(payloads(played).subList(1, 3)).containsExactly("\"a\"", "\"b\"");
        assertThat(played.live).hasSize(2);

        played.end(played.live.getFirst(), json("'A'"), null);
        played.turn();
        assertThat(payloads(played).subList(3, 5)).containsExactly("\"c\"", "{\"after\":4}");
        played.end(page(played), json("{'items':['e']}"), null);
        for (String made : List.of("B", "C", "D", "E")) {
            played.turn();
            Members.Order next = played.live.stream()
                    .min(Comparator.comparingInt(Members.Order::index))
                    .orElseThrow();
            played.end(next, json("'" + made + "'"), null);
        }
        played.turn();

        assertThat(played.made.getLast().payload()).hasToString("[\"A\",\"B\",\"C\",\"D\",\"E\"]");
    }

    @Test
    void failsWithAPageOnceItsMembersHaveEnded() {
        Played played = Played.of(PAGED);
        played.turn();
        played.end(page(played), json("{'items':['a'],'next':{'id':1}}"), null);
        played.turn();
        played.end(page(played), null, new Failure("Gone", "The list is gone."));
        played.turn();
        assertThat(played.state("m")).isEqualTo("RUNNING");

        played.succeed("m", "1");
        played.turn();

        assertThat(played.flow.error()).isEqualTo(new Failure("PagesFailed", "Gone: The list is gone."));
        assertThat(played.state("all")).isEqualTo("UNREACHED");

        Retry.fromFailed(played.flow);
        assertThat(played.run("m")).as("It is read from its first page on.").isEqualTo(2);
        assertThat(played.state("m")).isEqualTo("PENDING");
    }

    @Test
    void takesNothingButPagesForPages() {
        Played played = Played.of(PAGED);
        played.turn();
        played.end(page(played), json("[1,2]"), null);
        played.turn();

        assertThat(played.flow.error()).isNotNull().extracting(Failure::type).isEqualTo("PagesFailed");
    }

    @Test
    void W8_awaitsThePageThatIsReadWhenItIsCancelled() {
        Played played = Played.of(PAGED);
        played.turn();
        played.cancelRequested = true;
        played.turn();
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLING);

        played.end(page(played), json("{'items':['a']}"), null);
        played.turn();

        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(played.made).hasSize(1);
    }
}
