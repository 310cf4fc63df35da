package dev.millrace.proving.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.Row;
import dev.millrace.proving.chaos.load.Submits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One planted fault each, in a history that is fine otherwise. */
class JudgeTest {

    private static final long DEAD = 11;
    private static final long OTHER = 12;

    private final Map<Long, Submits.Accepted> accepted = new HashMap<>(Map.of(0L, accepted("a"), 1L, accepted("b")));
    private final List<Row> rows =
            new ArrayList<>(List.of(row("a", 0, "SUCCEEDED", 900), row("b", 1, "SUCCEEDED", 9_000)));
    private final List<Execution> executions = new ArrayList<>(List.of(
            new Execution("a", 1, 1, DEAD, 100, 200),
            new Execution("b", 1, 1, DEAD, 150, Execution.NEVER),
            new Execution("b", 1, 2, OTHER, 5_300, 5_400)));
    private final List<Fault> faults = new ArrayList<>(List.of(
            new Fault(290, 290, Fault.Kind.KILL, "kill -9 worker-1", DEAD, 1, false),
            new Fault(300, 300, Fault.Kind.OTHER, "worker-1 ended", DEAD, 0, true)));
    private final List<String> refused = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final Map<String, Integer> ends = new HashMap<>(Map.of("a", 1, "b", 1));
    private final List<String> leftovers = new ArrayList<>();
    private Duration untilClean = Duration.ofSeconds(20);
    private final Set<Long> givenUp = new HashSet<>();

    @Test
    void findsNothingInAGoodHistory() {
        Verdict verdict = judge();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.jobs()).isEqualTo(2);
        assertThat(verdict.faults()).isEqualTo(1);
        assertThat(verdict.repeated()).isEqualTo(1);
        assertThat(verdict.recovery().sorted()).containsExactly(5_000L);
    }

    @Test
    void I1_findsAnAcceptedJobThatHasNoRow() {
        accepted.put(2L, accepted("c"));

        assertThat(judge().lost()).isEqualTo(1);
        assertBroken("I1: accepted and lost: 1, such as [c has no row]");
    }

    @Test
    void I1_findsAnAcceptedJobThatNeverEnded() {
        rows.set(1, row("b", 1, "RUNNING", 0));

        assertBroken("I1: accepted and lost: 1, such as [b is RUNNING]");
    }

    @Test
    void I2_findsAJobThatNobodySubmitted() {
        rows.add(row("x", 77, "SUCCEEDED", 900));
        executions.add(new Execution("x", 1, 1, OTHER, 100, 200));

        assertBroken("I2: nobody knows to have submitted: 1, such as [number 77]");
    }

    @Test
    void I3_findsTwoJobsOfOneKey() {
        rows.add(row("x", 0, "SUCCEEDED", 900));
        executions.add(new Execution("x", 1, 1, OTHER, 100, 200));

        assertBroken("I3: one key, several jobs");
    }

    @Test
    void I6_findsATokenThatFell() {
        executions.set(2, new Execution("b", 1, 1, OTHER, 5_300, 5_400));

        assertBroken("I6: a later start with no greater token: 1, such as [b]");
    }

    @Test
    void I9_findsASecondEndOnTheStreamUnlessRedisForgets() {
        ends.put("a", 2);

        assertBroken("I9: second ends on the stream: 1, such as [a ended 2 times]");
        assertThat(judge(Limits.USUAL.whereRedisForgets()).broken()).isEmpty();
    }

    @Test
    void passesOverEndsOfJobsThatThereAreNot() {
        ends.put("rubbish", 2);

        assertThat(judge().broken()).isEmpty();
    }

    @Test
    void I10_findsAVisibleEndThatChangedEvenIfRedisForgets() {
        changed.add("a ended SUCCEEDED, and later FAILED");

        assertThat(judge(Limits.USUAL.whereRedisForgets()).broken())
                .containsExactly("I10: ends that changed: 1, such as [a ended SUCCEEDED, and later FAILED]");
    }

    @Test
    void I12_findsASlowRecovery() {
        executions.set(2, new Execution("b", 1, 2, OTHER, 26_000, 26_100));

        assertThat(judge().broken())
                .containsExactly("I12: recovery p99 was 25700 ms", "I12: the longest recovery took 25700 ms");
    }

    @Test
    void I13_findsRunsThatNoFaultExplains() {
        executions.add(1, new Execution("a", 1, 2, OTHER, 120, 220));

        assertBroken("I13: 2 runs were repeated, the faults explain 1");
    }

    @Test
    void doesNotCountFurtherAttemptsAsRepeated() {
        executions.set(2, new Execution("b", 2, 2, OTHER, 5_300, 5_400));

        assertThat(judge().repeated()).isZero();
    }

    @Test
    void I35_findsWhatWasLeftInRedis() {
        leftovers.add("3 in markers");
        untilClean = Duration.ofMinutes(2);

        assertThat(judge().broken())
                .containsExactly(
                        "I35: left in Redis: 1, such as [3 in markers]",
                        "I35: Redis was clean 120000 ms after the last end");
    }

    @Test
    void findsASuccessThatNeverRan() {
        executions.removeFirst();

        assertBroken("Succeeded without having run: 1, such as [a]");
    }

    @Test
    void findsAnswersThatNoClientShouldGetAndCallsWithoutAny() {
        refused.add("A submit was answered 500");
        givenUp.addAll(List.of(7L, 8L));

        assertThat(judge().broken())
                .containsExactly(
                        "Answers that no client should get: 1, such as [A submit was answered 500]",
                        "2 jobs were not answered for minutes");
    }

    private void assertBroken(String what) {
        assertThat(judge().broken()).singleElement().asString().startsWith(what);
    }

    private Verdict judge() {
        return judge(Limits.USUAL);
    }

    private Verdict judge(Limits limits) {
        return Judge.of(
                new History(
                        accepted,
                        refused,
                        givenUp,
                        List.of(),
                        executions,
                        faults,
                        rows,
                        changed,
                        ends,
                        List.of(),
                        leftovers,
                        untilClean),
                limits);
    }

    private static Submits.Accepted accepted(String job) {
        return new Submits.Accepted(job, 10, 20);
    }

    private static Row row(String job, long number, String state, long finishedAt) {
        return new Row(job, number, "chaos.work", state, 1, 1, finishedAt, "");
    }
}
