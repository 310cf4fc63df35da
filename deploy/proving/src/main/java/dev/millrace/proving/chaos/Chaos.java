package dev.millrace.proving.chaos;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Programs;
import dev.millrace.proving.chaos.report.Report;
import dev.millrace.proving.chaos.report.Table;
import dev.millrace.proving.chaos.scenario.Scenario;
import dev.millrace.proving.chaos.scenario.Scenarios;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.util.ArrayList;
import java.util.List;

/**
 * The program behind {@code ./millrace chaos}. A line of JSON for each scenario goes to stdout, everything else to stderr. It
 * ends by itself: with 0, with 2 if a promise or a limit was broken, with 1 and one line if it could not run.
 *
 * <p>The system property {@code millrace.checkout} names the checkout; without it, it is the working directory.
 */
public final class Chaos {

    private static final int BROKEN = 2;
    /** The module of the worker whose tasks keep a journal. */
    private static final String WORKER = "deploy/proving/worker";

    private Chaos() {}

    public static void main(String[] arguments) {
        try {
            ChaosOptions options = ChaosOptions.parse(List.of(arguments));
            if (options.list()) {
                Scenarios.all().forEach(one -> System.out.printf("%-20s %s%n", one.name(), one.story()));
            } else if (!run(options)) {
                System.exit(BROKEN);
            }
        } catch (CannotStart e) {
            CommandLine.fail(e.sentence());
        } catch (RuntimeException e) {
            CommandLine.fail("the scenario could not be run to its end: " + e);
        }
    }

    private static boolean run(ChaosOptions options) {
        Time time = TimeWiring.ofThisMachine();
        Programs programs = Programs.withTasksOf("chaos", WORKER, CommandLine.checkout(), options.form());
        ScenarioRunner runner = new ScenarioRunner(programs, options.size(), time, Chaos::say);
        Runtime.getRuntime().addShutdownHook(new Thread(runner::close, "stop"));
        List<Report> reports = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            Report report = runner.run(scenario);
            reports.add(report);
            System.out.println(report.line());
            System.out.flush();
        }
        say("\n" + Table.of(reports));
        return reports.stream().allMatch(Report::held);
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
