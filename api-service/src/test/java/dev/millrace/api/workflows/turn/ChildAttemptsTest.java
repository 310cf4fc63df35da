package dev.millrace.api.workflows.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.jobs.request.RetryReader;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Workflows inside others that go on by themselves when they have failed. */
class ChildAttemptsTest {

    private static final String TWICE =
            "{'root':{'chain':[{'name':'c','retry':{'maxAttempts':2,'backoff':{'type':'fixed','base':'PT10S','jitter':'none'}},"
                    + "'workflow':{'root':{'chain':[{'name':'a','task':'x','payload':1,'compensate':{'task':'undo','payload':'undo'}},"
                    + "{'name':'b','task':'y'},{'name':'d','task':'z'}]},'on':{'failure':{'task':'tell','payload':'failed'}}}},"
                    + "{'name':'end','task':'w'}]}}";

    /** The second of its three steps has failed. */
    private static Played failedOnce() {
        Played played = Played.of(TWICE);
        played.turn();
        played.child("c").succeed("a", "'A'");
        played.turn();
        played.child("c").fail("b");
        played.turn();
        return played;
    }

    @Test
    void C19_goesOnFromWhatFailedBehindItsBackOffAndTellsNobodyBefore() {
        Played played = failedOnce();
        Played child = played.child("c");
        assertThat(child.flow.state()).isEqualTo(WorkflowState.WAITING);
        assertThat(child.flow.due()).isEqualTo(Played.START.plusSeconds(10));
        assertThat(played.state("c")).isEqualTo("RUNNING");

        played.now = played.now.plusMillis(9_999);
        played.turn();
        assertThat(child.live).isEmpty();
        played.now = played.now.plusMillis(1);
        played.turn();
        assertThat(child.live)
                .extracting(order -> String.valueOf(order.payload()))
                .containsExactly("\"A\"");
        child.succeed("b", "'B'");
        played.turn();
        child.succeed("d", "'D'");
        played.turn();

        assertThat(child.payloads()).containsExactly("1", "\"A\"", "\"B\"");
        assertThat(child.attempt()).isEqualTo(2);
        assertThat(played.payloads()).containsExactly("\"D\"");
    }

    /** What is undone cannot be gone on from, so nothing is before the last attempt; and its failure is told once. */
    @Test
    void W24_undoesAndTellsBehindTheLastAttemptAlone() {
        Played played = failedOnce();
        Played child = played.child("c");
        assertThat(child.payloads()).containsExactly("1", "\"A\"");
        played.now = played.now.plusSeconds(10);
        played.turn();
        child.fail("b");
        played.turn();
        assertThat(child.flow.state()).isEqualTo(WorkflowState.COMPENSATING);

        child.end(child.live.getFirst(), null, null);
        played.turn();

        assertThat(child.payloads()).containsExactly("1", "\"A\"", "\"undo\"", "\"failed\"");
        assertThat(played.state("c")).isEqualTo("FAILED");
        assertThat(played.state("end")).isEqualTo("UNREACHED");
        assertThat(played.flow.error()).isEqualTo(new Failure("Bad", "It failed."));
    }

    @Test
    void W8_isCancelledWhileItWaitsForItsNextAttempt() {
        Played played = failedOnce();
        played.cancelRequested = true;
        played.turn();

        assertThat(played.child("c").flow.state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(played.flow.state()).isEqualTo(WorkflowState.CANCELLED);

        played.now = played.now.plusSeconds(10);
        played.turn();
        assertThat(played.child("c").payloads()).containsExactly("1", "\"A\"", "\"failed\"");
        assertThat(played.child("c").live).allMatch(order -> order.node() < 0);
    }

    @Test
    void aDeadlineEndsAnAttemptAndNotTheWaitForTheNext() {
        Played played = Played.of(TWICE);
        played.turn();
        Played child = played.child("c");
        child.deadline = played.now.plusSeconds(1);
        played.now = child.deadline;
        played.turn();
        assertThat(child.flow.state()).isEqualTo(WorkflowState.CANCELLING);
        child.fail("a");
        played.turn();
        assertThat(child.flow.state()).isEqualTo(WorkflowState.WAITING);

        played.now = played.now.plusSeconds(5);
        played.turn();

        assertThat(child.flow.state()).isEqualTo(WorkflowState.WAITING);
        assertThat(child.flow.error()).isNotNull().extracting(Failure::type).isEqualTo("TimedOut");
    }

    @Test
    void waitsAsOftenAsItIsToldAndSaysTheSameTimeAgain() {
        Attempt first =
                new Attempt(1, RetryReader.policy(Played.json("{'maxAttempts':3,'backoff':{'base':'PT1S'}}")), null);
        UUID id = new UUID(1, 2);

        assertThat(first.failed(id, Played.START)).isEqualTo(first.failed(id, Played.START));
        assertThat(first.failed(id, Played.START).next()).isBetween(Played.START, Played.START.plusSeconds(1));
        assertThat(List.of(new Attempt(2, first.policy(), null), new Attempt(3, first.policy(), null)))
                .extracting(attempt -> attempt.failed(id, Played.START).waits())
                .containsExactly(true, false);
    }
}
