package dev.millrace.proving.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.Row;
import dev.millrace.proving.chaos.load.Submits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One planted fault each, in a history that is fine otherwise. */
class JudgeTest {

    private static final Duration UNTIL_CLEAN = Duration.ofSeconds(30);

    private final List<Execution> executions = new ArrayList<>(List.of(
            new Execution("a", 1, 1, 11, 100, 200),
            new Execution("b", 1, 1, 11, 150, Execution.NEVER),
            new Execution("b", 1, 2, 12, 5_300, 5_400)));
    private final List<String> refused = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final Set<Long> givenUp = new HashSet<>();
    private Duration untilClean = Duration.ofSeconds(20);

    @Test
    void findsNothingInAGoodHistory() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void I10_findsAVisibleEndThatChanged() {
        changed.add("a ended SUCCEEDED, and later FAILED");

        assertThat(broken())
                .containsExactly("I10: ends that changed: 1, such as [a ended SUCCEEDED, and later FAILED]");
    }

    @Test
    void I35_findsThatRedisWasCleanTooLate() {
        untilClean = Duration.ofMinutes(2);

        assertThat(broken()).containsExactly("I35: Redis was clean 120000 ms after the last end");
    }

    @Test
    void findsASuccessThatNeverRanToItsEnd() {
        executions.removeLast();

        assertThat(broken()).containsExactly("Succeeded without having run: 1, such as [b]");
    }

    @Test
    void findsAnswersThatNoClientShouldGetAndCallsWithoutAny() {
        refused.add("A submit was answered 500");
        givenUp.addAll(List.of(7L, 8L));

        assertThat(broken())
                .containsExactly(
                        "Answers that no client should get: 1, such as [A submit was answered 500]",
                        "2 jobs were not answered for minutes");
    }

    private List<String> broken() {
        History history = new History(
                Map.of(0L, accepted("a"), 1L, accepted("b")),
                refused,
                givenUp,
                List.of(),
                executions,
                List.of(),
                List.of(row("a", 0), row("b", 1)),
                List.of(),
                changed,
                List.of(),
                List.of(),
                untilClean);
        return Judge.broken(history, UNTIL_CLEAN);
    }

    private static Submits.Accepted accepted(String job) {
        return new Submits.Accepted(job, 10, 20);
    }

    private static Row row(String job, long number) {
        return new Row(job, number, "chaos.work", "SUCCEEDED", 1, 1, 900, "");
    }
}
