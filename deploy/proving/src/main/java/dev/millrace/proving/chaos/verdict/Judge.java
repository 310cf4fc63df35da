package dev.millrace.proving.chaos.verdict;

import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a history against what {@link dev.millrace.proving.checker} does not see: what clients were answered, what they saw
 * change, the journal as a whole, and how soon Redis was clean. Pure.
 */
public final class Judge {

    private static final int SHOWN = 5;

    private final History history;
    private final List<String> broken = new ArrayList<>();

    private Judge(History history) {
        this.history = history;
    }

    /** A sentence for each promise that was broken; Redis was to be clean within {@code untilClean} of the last end. */
    public static List<String> broken(History history, Duration untilClean) {
        Judge judge = new Judge(history);
        judge.clientsWereAnswered();
        judge.none("I10: ends that changed", history.changedEnds());
        judge.whatSucceededRan();
        judge.clean(untilClean);
        return judge.broken;
    }

    private void clientsWereAnswered() {
        none("Answers that no client should get", history.refused());
        require(history.givenUp().isEmpty(), history.givenUp().size() + " jobs were not answered for minutes");
    }

    private void whatSucceededRan() {
        Set<String> ran = history.executions().stream()
                .filter(Execution::stopped)
                .map(Execution::job)
                .collect(Collectors.toSet());
        none(
                "Succeeded without having run",
                history.rows().stream()
                        .filter(row -> row.state().equals("SUCCEEDED"))
                        .map(Row::job)
                        .filter(job -> !ran.contains(job))
                        .toList());
    }

    private void clean(Duration untilClean) {
        require(
                history.untilClean().compareTo(untilClean) <= 0,
                "I35: Redis was clean %d ms after the last end"
                        .formatted(history.untilClean().toMillis()));
    }

    private void none(String what, List<String> all) {
        require(
                all.isEmpty(),
                "%s: %d, such as %s"
                        .formatted(what, all.size(), all.stream().limit(SHOWN).toList()));
    }

    private void require(boolean kept, String otherwise) {
        if (!kept) {
            broken.add(otherwise);
        }
    }
}
