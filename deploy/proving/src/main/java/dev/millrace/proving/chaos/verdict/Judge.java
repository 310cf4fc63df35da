package dev.millrace.proving.chaos.verdict;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.Row;
import dev.millrace.proving.chaos.load.Submits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds a history against the promises. Pure. */
public final class Judge {

    private static final int SHOWN = 5;

    private final History history;
    private final Limits limits;
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, List<Execution>> executions;
    private final List<String> broken = new ArrayList<>();

    private Judge(History history, Limits limits) {
        this.history = history;
        this.limits = limits;
        history.rows().forEach(row -> rows.put(row.job(), row));
        this.executions = history.executions().stream()
                .collect(Collectors.groupingBy(Execution::job, LinkedHashMap::new, Collectors.toList()));
    }

    public static Verdict of(History history, Limits limits) {
        return new Judge(history, limits).verdict();
    }

    private Verdict verdict() {
        int lost = lost();
        clientsWereAnswered();
        everyNumberIsOneJob();
        int doubleEnds = doubleEnds();
        whatSucceededRan();
        tokensRise();
        int repeated = repeated();
        int explained = history.faults().stream().mapToInt(Fault::repeats).sum();
        require(
                repeated <= explained,
                "I13: %d runs were repeated, the faults explain %d".formatted(repeated, explained));
        Recovery recovery = recovery();
        clean();
        return new Verdict(
                history.accepted().size(),
                lost,
                doubleEnds,
                (int) history.faults().stream().filter(fault -> !fault.deadly()).count(),
                repeated,
                explained,
                recovery,
                history.untilClean().toMillis(),
                broken);
    }

    private int lost() {
        List<String> lost = history.accepted().values().stream()
                .map(Submits.Accepted::job)
                .filter(job -> !rows.containsKey(job) || !row(job).ended())
                .map(job -> job + (rows.containsKey(job) ? " is " + row(job).state() : " has no row"))
                .toList();
        none("I1: accepted and lost", lost);
        return lost.size();
    }

    private Row row(String job) {
        return rows.getOrDefault(job, new Row(job, -1, "", "", 0, 0, 0, ""));
    }

    private void clientsWereAnswered() {
        none("Answers that no client should get", history.refused());
        require(history.givenUp().isEmpty(), history.givenUp().size() + " jobs were not answered for minutes");
    }

    private void everyNumberIsOneJob() {
        Map<Long, List<Row>> byNumber =
                history.rows().stream().filter(row -> row.number() >= 0).collect(Collectors.groupingBy(Row::number));
        none(
                "I3: one key, several jobs",
                byNumber.values().stream()
                        .filter(same -> same.size() > 1)
                        .map(same -> same.stream().map(Row::job).toList().toString())
                        .toList());
        none(
                "I2: nobody knows to have submitted",
                byNumber.keySet().stream()
                        .filter(number -> !history.accepted().containsKey(number)
                                && !history.givenUp().contains(number))
                        .map(number -> "number " + number)
                        .toList());
    }

    private int doubleEnds() {
        none("I10: ends that changed", history.changedEnds());
        List<String> second = history.endEvents().entrySet().stream()
                // Somebody may have written ends of jobs that there are not.
                .filter(ends -> ends.getValue() > 1 && rows.containsKey(ends.getKey()))
                .map(ends -> ends.getKey() + " ended " + ends.getValue() + " times")
                .toList();
        if (limits.redisForgets()) {
            return history.changedEnds().size();
        }
        none("I9: second ends on the stream", second);
        return history.changedEnds().size() + second.size();
    }

    private void whatSucceededRan() {
        none(
                "Succeeded without having run",
                history.rows().stream()
                        .filter(row -> row.state().equals("SUCCEEDED"))
                        .map(Row::job)
                        .filter(job ->
                                executions.getOrDefault(job, List.of()).stream().noneMatch(Execution::stopped))
                        .toList());
    }

    private void tokensRise() {
        if (limits.processesPause()) {
            return;
        }
        List<String> fallen = new ArrayList<>();
        executions.forEach((job, runs) -> {
            for (int i = 1; i < runs.size(); i++) {
                if (runs.get(i).token() <= runs.get(i - 1).token()
                        && runs.get(i).startedAt() > runs.get(i - 1).startedAt()) {
                    fallen.add(job);
                }
            }
        });
        none("I6: a later start with no greater token", fallen);
    }

    private int repeated() {
        return executions.values().stream()
                .mapToInt(runs -> runs.size()
                        - (int) runs.stream()
                                .mapToInt(Execution::attempt)
                                .distinct()
                                .count())
                .sum();
    }

    private Recovery recovery() {
        Map<Long, Long> deaths = new HashMap<>();
        history.faults().stream().filter(Fault::deadly).forEach(fault -> deaths.put(fault.pid(), fault.at()));
        Recovery recovery = new Recovery(executions.values().stream()
                .flatMap(runs -> waits(runs, deaths).stream())
                .toList());
        long p99 = recovery.percentile(99);
        require(p99 <= limits.recoveryP99().toMillis(), "I12: recovery p99 was " + p99 + " ms");
        require(
                recovery.longest() <= limits.recoveryMax().toMillis(),
                "I12: the longest recovery took " + recovery.longest() + " ms");
        return recovery;
    }

    private static List<Long> waits(List<Execution> runs, Map<Long, Long> deaths) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i + 1 < runs.size(); i++) {
            Execution run = runs.get(i);
            Long death = deaths.get(run.worker());
            if (!run.stopped() && death != null && runs.get(i + 1).startedAt() >= death) {
                waits.add(runs.get(i + 1).startedAt() - death);
            }
        }
        return waits;
    }

    private void clean() {
        none("I35: left in Redis", history.leftovers());
        require(
                history.untilClean().compareTo(limits.untilClean()) <= 0,
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
