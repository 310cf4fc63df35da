package dev.millrace.proving.chaos;

import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Workshop;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.JsonLines;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.report.Report;
import dev.millrace.proving.chaos.scenario.Scenario;
import dev.millrace.proving.chaos.scenario.Size;
import dev.millrace.proving.chaos.verdict.Judge;
import dev.millrace.proving.checker.Checker;
import dev.millrace.proving.checker.Figures;
import dev.millrace.proving.checker.Limits;
import dev.millrace.proving.checker.Verdict;
import dev.millrace.proving.checker.history.JsonHistory;
import dev.millrace.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs scenarios, one after the other, each on a platform of its own. May be closed by any thread. */
public final class ScenarioRunner implements AutoCloseable {

    private static final int SHOWN = 20;

    private final Programs programs;
    private final Size size;
    private final Time time;
    private final Consumer<String> said;
    private volatile @Nullable Workshop shop;

    /** The worker among the programs keeps a journal; {@code said} is given lines for people. */
    public ScenarioRunner(Programs programs, Size size, Time time, Consumer<String> said) {
        this.programs = programs;
        this.size = size;
        this.time = time;
        this.said = said;
    }

    /**
     * Runs one and says what was found. The folder with the logs and the journal stays if something was broken.
     *
     * @throws dev.millrace.embedded.CannotStart if the platform cannot be started
     */
    public Report run(Scenario scenario) {
        said.accept("== " + scenario.name() + ": " + scenario.story());
        try (Workshop opened = Workshop.open(programs.checkout(), "millrace-chaos", time)) {
            shop = opened;
            return reportOrKeepTheLogs(scenario, opened);
        }
    }

    private Report reportOrKeepTheLogs(Scenario scenario, Workshop opened) {
        try {
            return report(scenario, opened);
        } catch (RuntimeException broken) {
            said.accept("The logs lie in " + opened.keepForItsLogs());
            throw broken;
        }
    }

    private Report report(Scenario scenario, Workshop opened) {
        try (Platform platform =
                Platform.start(opened, programs, scenario.topology(), time, line -> said.accept("   " + line))) {
            said.accept("   the platform is up");
            long began = time.nanos().getAsLong();
            scenario.run(platform, size);
            boolean ended = platform.awaitAllEnded(scenario.patience());
            Duration took = time.since(began);
            History history = platform.history();
            platform.require(ended, "Some jobs had not ended %s after the last fault".formatted(scenario.patience()));
            platform.require(!history.faults().isEmpty(), "Nothing was broken: all jobs had ended before");
            scenario.judge(platform, history);
            Verdict checked = checked(platform, history, scenario.limits(), opened);
            Judge.broken(history, scenario.untilClean()).forEach(platform::broke);
            Report report = report(scenario, platform, took, history, checked);
            if (!report.held()) {
                keep(report, checked, opened);
            }
            return report;
        }
    }

    private Report report(Scenario scenario, Platform platform, Duration took, History history, Verdict checked) {
        long again = checked.violations().stream()
                .filter(broken -> broken.rule().equals("I9"))
                .count();
        return new Report(
                scenario.name(),
                time.clock().instant(),
                took,
                checked.figures(),
                history.faults().size(),
                again + history.changedEnds().size(),
                history.untilClean(),
                platform.figures(),
                platform.broken());
    }

    private Verdict checked(Platform platform, History history, Limits limits, Workshop opened) {
        Path seen = opened.folder("journal").resolve("history.jsonl");
        JsonLines.write(history, time.now(), seen);
        List<Path> files =
                Stream.of(platform.journal().file(), seen).filter(Files::exists).toList();
        Verdict checked = new Checker(limits).check(new JsonHistory(files));
        checked.violations().forEach(violation -> platform.broke(violation.toString()));
        Figures figures = checked.figures();
        platform.require(
                figures.accepted() == history.accepted().size()
                        && figures.executions() == history.executions().size(),
                "The checker saw another history: " + figures);
        return checked;
    }

    private void keep(Report report, Verdict checked, Workshop opened) {
        report.broken().stream().limit(SHOWN).forEach(said);
        checked.timelines().forEach((job, lines) -> {
            said.accept(job);
            lines.forEach(line -> said.accept("   " + line));
        });
        said.accept("The logs lie in " + opened.keepForItsLogs());
    }

    @Override
    public void close() {
        Workshop open = shop;
        if (open != null) {
            open.close();
        }
    }
}
