package dev.millrace.proving.checker;

import dev.millrace.proving.checker.history.History;
import dev.millrace.proving.checker.history.Line;
import dev.millrace.proving.checker.history.Line.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Looks whether a history keeps the rules. */
public final class Checker {

    static final int MOST_SHOWN = 50;
    private static final int TIMELINES = 5;

    private final Limits limits;
    private final Recovery recovery = new Recovery();
    private final List<Rule> rules = List.of(
            new Acceptance(),
            new Tokens(),
            new Ending(),
            new Repeats(),
            recovery,
            new Times(),
            new Places(),
            new Orders());

    /** For one history. */
    public Checker(Limits limits) {
        this.limits = limits;
    }

    public Verdict check(History history) {
        Facts facts = Facts.of(history);
        List<Violation> violations = new ArrayList<>(facts.broken());
        for (Track track : facts.tracks()) {
            rules.forEach(rule -> rule.look(
                    track, facts, limits, (number, what) -> violations.add(new Violation(number, track.job, what))));
        }
        rest(facts, violations);
        violations.sort(Comparator.comparing(Violation::rule).thenComparing(one -> Objects.toString(one.job())));
        return new Verdict(violations, figures(facts), timelines(history, violations));
    }

    private void rest(Facts facts, List<Violation> violations) {
        facts.left().stream()
                .filter(left -> left.count() > 0)
                .forEach(left -> violations.add(new Violation("I35", null, left.count() + " left: " + left.what())));
        if (recovery.percentile(99) > limits.recoveryP99()) {
            violations.add(new Violation("I12", null, "recovery took " + recovery.percentile(99) + " ms at p99"));
        }
    }

    private Figures figures(Facts facts) {
        long accepted = 0;
        long lost = 0;
        long doubled = 0;
        long executions = 0;
        long repeated = 0;
        for (Track track : facts.tracks()) {
            accepted += track.submit() == null ? 0 : 1;
            lost += Acceptance.isLost(track) ? 1 : 0;
            doubled += Math.max(0, track.ends().size() - 1 - track.requeues().size());
            executions += track.runs().size();
            repeated += repeated(track);
        }
        return new Figures(
                accepted,
                lost,
                doubled,
                executions,
                repeated,
                facts.faults().count(),
                recovery.count(),
                recovery.percentile(50),
                recovery.percentile(99),
                recovery.percentile(100));
    }

    private static long repeated(Track track) {
        long repeated = 0;
        List<Run> runs = track.runs();
        for (int i = 1; i < runs.size(); i++) {
            repeated += Repeats.isMeant(track, runs.get(i - 1), runs.get(i)) ? 0 : 1;
        }
        return repeated;
    }

    private static Map<String, List<String>> timelines(History history, List<Violation> violations) {
        Set<String> jobs = new LinkedHashSet<>();
        violations.stream().map(Violation::job).filter(Objects::nonNull).forEach(job -> {
            if (jobs.size() < TIMELINES) {
                jobs.add(job);
            }
        });
        return jobs.isEmpty() ? Map.of() : timelines(history, jobs);
    }

    private static Map<String, List<String>> timelines(History history, Set<String> jobs) {
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        jobs.forEach(job -> lines.put(job, new ArrayList<>()));
        history.forEach(line -> {
            if (line instanceof Fault) {
                lines.values().forEach(all -> all.add(line));
            } else if (line.job() != null && lines.containsKey(line.job())) {
                Objects.requireNonNull(lines.get(line.job())).add(line);
            }
        });
        Map<String, List<String>> timelines = new LinkedHashMap<>();
        lines.forEach((job, all) -> timelines.put(
                job,
                all.stream()
                        .sorted(Comparator.comparingLong(Line::at))
                        .map(Line::toString)
                        .toList()));
        return timelines;
    }
}
