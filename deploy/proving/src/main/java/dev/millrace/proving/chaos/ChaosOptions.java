package dev.millrace.proving.chaos;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Form;
import dev.millrace.proving.chaos.scenario.Scenario;
import dev.millrace.proving.chaos.scenario.Scenarios;
import dev.millrace.proving.chaos.scenario.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was asked for on the command line.
 *
 * @param scenarios to be run, in this order
 * @param form in which the services run
 * @param list whether they are to be listed instead
 */
record ChaosOptions(List<Scenario> scenarios, Size size, Form form, boolean list) {

    private static final int MOST_JOBS = 1_000_000;

    ChaosOptions {
        scenarios = List.copyOf(scenarios);
    }

    /**
     * Reads them.
     *
     * @throws CannotStart if an option or a scenario is unknown, or a number is out of range
     */
    static ChaosOptions parse(List<String> arguments) {
        List<Scenario> scenarios = new ArrayList<>();
        OptionalInt jobs = OptionalInt.empty();
        boolean small = false;
        Form form = Form.JVM;
        boolean list = false;
        CommandLine line = new CommandLine("chaos", "./millrace chaos --help", arguments);
        while (line.hasNext()) {
            String word = line.next();
            switch (word) {
                case "--list" -> list = true;
                case "--small" -> small = true;
                case Form.OPTION -> form = Form.NATIVE;
                case "--jobs" -> jobs = OptionalInt.of(line.number(1, MOST_JOBS));
                default -> scenarios.add(scenario(word, line));
            }
        }
        return new ChaosOptions(scenarios.isEmpty() ? Scenarios.all() : scenarios, new Size(jobs, small), form, list);
    }

    private static Scenario scenario(String word, CommandLine line) {
        if (word.startsWith("-")) {
            throw line.unknown();
        }
        return Scenarios.named(word);
    }
}
