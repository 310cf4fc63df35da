package dev.millrace.proving.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.checker.history.Line;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.checker.history.Line.Lapse;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Start;
import dev.millrace.proving.checker.history.Stamp;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what breaks it, and nothing in what only looks like it. */
class CheckerTest {

    private static final String OTHER = "0192f3c1-0000-7000-8000-000000000002";

    static Stream<Arguments> broken() {
        return Stream.of(
                breaks("I1", "accepted and without a row", Seen.accepted()),
                breaks("I1", "accepted and not ended", Seen.accepted().row("RUNNING")),
                breaks("I2", "run and never submitted", new Seen().start(1, "1.1.1", 1, "ann")),
                breaks("I2", "recorded although the submit failed", failed()),
                breaks("I3", "two jobs of one key", Seen.healthy().submit(Outcome.OK, "k", OTHER)),
                breaks(
                        "I4",
                        "two places in one look",
                        Seen.healthy().place(1, 5, "q").place(1, 5, "d")),
                breaks("I5", "one token for two workers", Seen.healthy().start(120, "1.1.1", 1, "bob")),
                breaks("I6", "a token that falls", Seen.healthy().event(300, "QUEUED", "1.0.0")),
                breaks("I7", "ended by one who had lost it", Seen.healthy().start(150, "1.1.2", 1, "bob")),
                breaks("I9", "two ends", Seen.healthy().event(300, "FAILED", "1.1.1")),
                breaks("I9", "a start after the end", Seen.healthy().start(400, "1.2.1", 1, "bob")),
                breaks("I9", "the later end in the row", laterEnd()),
                breaks("I10", "an end that changes", Seen.healthy().rowAt(2_000_000, "FAILED", 1)),
                breaks("I11", "a live job that is nowhere", unplaced()),
                breaks("I12", "a slow recovery", killed(40_000)),
                breaks("I13", "a repetition without a fault", repeated()),
                breaks("I13", "an attempt that nothing put off, long before a loss", lostDeferral(2, 1_400)),
                breaks("I13", "the same attempt again, before a loss", lostDeferral(1, 306)),
                breaks("I14", "four dead workers", fourDead()),
                breaks(
                        "I14",
                        "an innocent in quarantine",
                        Seen.accepted().quarantined(5, "1.1.1").row("FAILED")),
                breaks("I15", "an attempt that is not counted", retried(300, 400, 1)),
                breaks("I15", "an attempt too many", Seen.healthy().start(90, "1.0.1", 4, "bob")),
                breaks(
                        "I16",
                        "a start after a cancel",
                        Seen.healthy().cancel(20, "CANCELLED").row("CANCELLED")),
                breaks("I16", "a start after a flag", flaggedThenStarted()),
                breaks(
                        "I17",
                        "a cancel that was answered and lost",
                        Seen.healthy().cancel(300, "CANCELLED")),
                breaks("I17", "a flag that was forgotten", flaggedThenFailed()),
                breaks("I17", "a cancel that nobody asked for", Seen.accepted().row("CANCELLED")),
                breaks("I6", "an older token that began after a newer one", lateStart("1.2.1", "1.1.1")),
                breaks("I19", "a start before its time", new Seen().due(5_000).start(100, "1.1.1", 1, "ann")),
                breaks("I19", "a retry before its time", retried(300, 200, 2)),
                breaks("I1", "fired and without a row", new Seen().fire("s", 1_000, Seen.JOB)),
                breaks("I21", "a tick that fired twice", fired().fire("s", 1_000, OTHER)),
                breaks("I21", "a job of two ticks", fired().fire("s", 2_000, Seen.JOB)),
                breaks("I25", "a row that its events do not tell", ranAnd("FAILED")),
                breaks("I35", "something left", Seen.healthy().left("markers", 1)),
                breaks("I36", "a lease that lapsed beside a connection", lapsed(0, true, 20_000)),
                breaks("I36", "one that lapsed for a connection of before a restart", lapsed(5_000, false, 20_000)),
                breaks("I36", "one that was let lapse by one who was just back", lapsed(5_000, true, 9_000)),
                breaks("W14", "an order that was lost", Seen.healthy().order("a", "1.1.1")),
                breaks("W14", "a job that nobody ordered", Seen.healthy().child("a", "1.1.1")),
                breaks(
                        "W14",
                        "a job of a run that was fenced",
                        Seen.healthy().order("a", "1.1.1").child("a", "1.1.1").child("b", "1.0.1")),
                breaks(
                        "W14",
                        "an order that was made twice",
                        Seen.healthy().order("a", "1.1.1").child("a", "1.1.1").child("a", "1.1.1")),
                breaks(
                        "W14",
                        "orders of two successes of one life",
                        Seen.healthy()
                                .order("a", "1.1.1")
                                .child("a", "1.1.1")
                                .order("b", "1.2.1")
                                .child("b", "1.2.1")));
    }

    private static Arguments breaks(String rule, String what, Seen seen) {
        return Arguments.of(rule, Named.of(what, seen));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void findsWhatBreaksTheRule(String rule, Seen seen) {
        assertThat(seen.broken()).contains(rule);
    }

    static Stream<Named<Seen>> sound() {
        return Stream.of(
                Named.of("one run", Seen.healthy()),
                Named.of("a lease that lapsed since its connection was gone", lapsed(1_000, true, 10_000)),
                Named.of("submitted without an answer, and there", unanswered("k")),
                Named.of("submitted without an answer, and not there", new Seen().submit(Outcome.UNKNOWN, "k", null)),
                Named.of("a retry at its time", retried(300, 350, 2)),
                Named.of("repeated since its worker died", killed(15_000)),
                Named.of("ended twice since Redis lost the first", lostEnd()),
                Named.of("put off, which Redis lost unread", lostDeferral(2, 306)),
                Named.of("requeued", requeued()),
                Named.of(
                        "made of what it ordered",
                        Seen.healthy().order("a", "1.1.1").child("a", "1.1.1")),
                Named.of(
                        "ordered again by a run after one that was lost",
                        Seen.healthy().order("a", "1.0.1").order("a", "1.1.1").child("a", "1.1.1")),
                Named.of("made by a schedule, that has missed a tick", fired().fire("s", 2_000, null)),
                Named.of(
                        "an older token that began after a newer one, since its worker stood still",
                        lateStart("1.2.1", "1.1.1").add(new Fault(50, 250L, Fault.Type.PAUSE, "ann", null))),
                Named.of("quarantined after it died alone", diedAlone()),
                Named.of(
                        "cancelled while it was nowhere",
                        Seen.accepted().cancel(20, "CANCELLED").row("CANCELLED")),
                Named.of("flagged and succeeded", Seen.healthy().cancel(150, "FLAGGED")));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void findsNothingInWhatIsSound(Seen seen) {
        assertThat(seen.report().violations()).isEmpty();
    }

    @Test
    void countsWhatHappened() {
        Figures figures = killed(15_000).report().figures();
        assertThat(figures.accepted()).isEqualTo(1);
        assertThat(figures.lost()).isZero();
        assertThat(figures.executions()).isEqualTo(2);
        assertThat(figures.repeated()).isEqualTo(1);
        assertThat(figures.recovered()).isEqualTo(1);
        assertThat(figures.recoveryP50()).isEqualTo(15_000);
        assertThat(lostEnd().report().figures().doubleEnds()).isEqualTo(1);
    }

    @Test
    void showsAllThatWasSeenOfAJobThatBrokeARule() {
        Verdict report = Seen.healthy()
                .event(300, "FAILED", "1.1.1")
                .fault(250, Fault.Type.PAUSE, "ann")
                .report();
        assertThat(report.clean()).isFalse();
        assertThat(report.timelines()).containsOnlyKeys(Seen.JOB);
        assertThat(report.timelines().get(Seen.JOB)).hasSize(7).isNotEmpty();
        assertThat(report.text()).contains("I9").contains("PAUSE").contains("SUCCEEDED");
    }

    private static Seen lapsed(long gone, boolean ofThisLife, long steady) {
        return Seen.healthy().add(new Lapse(500, "ann", gone, ofThisLife, "bob", steady));
    }

    private static Seen lateStart(String first, String second) {
        return Seen.accepted()
                .start(100, first, 1, "bob")
                .start(300, second, 1, "ann")
                .stop(200, first, "bob")
                .stop(400, second, "ann")
                .event(200, "SUCCEEDED", first)
                .row("SUCCEEDED");
    }

    private static Seen fired() {
        return new Seen()
                .fire("s", 1_000, Seen.JOB)
                .start(1_100, "1.1.1", 1, "ann")
                .stop(1_200, "1.1.1", "ann")
                .event(1_200, "SUCCEEDED", "1.1.1")
                .row("SUCCEEDED");
    }

    private static Seen failed() {
        return new Seen().submit(Outcome.FAIL, null, Seen.JOB).row("SUCCEEDED");
    }

    private static Seen unanswered(String key) {
        return new Seen()
                .submit(Outcome.UNKNOWN, key, null)
                .start(100, "1.1.1", 1, "ann")
                .stop(110, "1.1.1", "ann")
                .event(110, "SUCCEEDED", "1.1.1")
                .row("SUCCEEDED");
    }

    private static Seen laterEnd() {
        return Seen.accepted()
                .event(200, "SUCCEEDED", "1.1.1")
                .event(300, "FAILED", "1.1.2")
                .row("FAILED");
    }

    private static Seen unplaced() {
        return Seen.healthy().add(new Line.Place(7, 50, OTHER, "q", null)).submit(Outcome.OK, "o", OTHER);
    }

    private static Seen ranAnd(String state) {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .stop(200, "1.1.1", "ann")
                .event(200, "SUCCEEDED", "1.1.1")
                .row(state);
    }

    /** Its worker dies at 150, and another starts it so much later. */
    private static Seen killed(long later) {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .fault(150, Fault.Type.KILL, "ann")
                .start(150 + later, "1.1.2", 1, "bob")
                .stop(160 + later, "1.1.2", "bob")
                .event(160 + later, "SUCCEEDED", "1.1.2")
                .row("SUCCEEDED");
    }

    private static Seen repeated() {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .start(300, "1.1.2", 1, "bob")
                .event(400, "SUCCEEDED", "1.1.2")
                .row("SUCCEEDED");
    }

    private static Seen fourDead() {
        Seen seen = Seen.accepted();
        for (int i = 1; i <= 4; i++) {
            seen.start(100L * i, "1." + i + ".1", 1, "w" + i).fault(100L * i + 1, Fault.Type.DIED, "w" + i);
        }
        return seen.quarantined(900, "1.4.1").row("FAILED");
    }

    private static Seen diedAlone() {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .fault(150, Fault.Type.DIED, "ann")
                .quarantined(900, "1.1.1")
                .row("FAILED");
    }

    private static Seen retried(long due, long next, int attempt) {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .stop(150, "1.1.1", "ann")
                .retry(160, "1.1.1", due)
                .start(next, "1.2.1", attempt, "bob")
                .stop(next + 10, "1.2.1", "bob")
                .event(next + 10, "SUCCEEDED", "1.2.1")
                .row("SUCCEEDED");
    }

    private static Seen flaggedThenStarted() {
        return Seen.healthy().cancel(20, "FLAGGED").start(20_000, "1.1.2", 1, "bob");
    }

    private static Seen flaggedThenFailed() {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .cancel(120, "FLAGGED")
                .event(200, "FAILED", "1.1.1")
                .row("FAILED");
    }

    private static Seen lostEnd() {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .stop(200, "1.1.1", "ann")
                .event(200, "SUCCEEDED", "1.1.1")
                .fault(250, Fault.Type.REDIS_LOST, null)
                .start(400, "2.2.1", 1, "bob")
                .stop(500, "2.2.1", "bob")
                .event(500, "SUCCEEDED", "2.2.1")
                .row("SUCCEEDED");
    }

    private static Seen lostDeferral(int secondAttempt, long loss) {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .stop(200, "1.1.1", "ann")
                .start(300, "1.2.1", secondAttempt, "ann")
                .stop(305, "1.2.1", "ann")
                .fault(loss, Fault.Type.REDIS_LOST, null)
                .event(loss + 100, "QUEUED", "2.3.0")
                .start(loss + 200, "2.3.1", 2, "ann")
                .stop(loss + 300, "2.3.1", "ann")
                .event(loss + 300, "SUCCEEDED", "2.3.1")
                .row("SUCCEEDED");
    }

    private static Seen requeued() {
        return Seen.accepted()
                .start(100, "1.1.1", 1, "ann")
                .stop(200, "1.1.1", "ann")
                .event(200, "FAILED", "1.1.1")
                .rowAt(250, "FAILED", 1)
                .requeue(300)
                .start(400, "1.2.1", 1, "ann")
                .stop(500, "1.2.1", "ann")
                .event(500, "SUCCEEDED", "1.2.1")
                .add(new Row(1_000, Seen.JOB, "default", "SUCCEEDED", 1, 2, "k", true));
    }

    @Test
    void knowsThatALoneStartOfAnotherJobDoesNotExplainAnything() {
        Seen seen = repeated().add(new Start(200, OTHER, Stamp.parse("1.1.1"), 1, "eve"));
        assertThat(seen.fault(250, Fault.Type.KILL, "eve").broken()).contains("I13", "I2");
    }
}
