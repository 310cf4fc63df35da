package dev.millrace.proving.chaos;

import dev.millrace.embedded.CannotStart;
import dev.millrace.proving.chaos.scenario.Scenario;
import dev.millrace.proving.chaos.scenario.Scenarios;
import dev.millrace.proving.chaos.scenario.Size;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was asked for on the command line.
 *
 * @param scenarios to be played, in this order
 * @param list whether they are to be listed instead
 */
record ChaosOptions(List<Scenario> scenarios, Size size, boolean list) {

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
        boolean list = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            switch (argument) {
                case "--list" -> list = true;
                case "--small" -> small = true;
                case "--jobs" -> jobs = OptionalInt.of(number(rest));
                default -> scenarios.add(scenario(argument));
            }
        }
        return new ChaosOptions(scenarios.isEmpty() ? Scenarios.all() : scenarios, new Size(jobs, small), list);
    }

    private static Scenario scenario(String argument) {
        if (argument.startsWith("-")) {
            throw new CannotStart(
                    "'chaos' has no option '" + argument + "': './millrace chaos --help' lists those it has.");
        }
        return Scenarios.named(argument);
    }

    private static int number(Deque<String> rest) {
        String text = rest.isEmpty() ? "" : rest.removeFirst();
        boolean digits = text.matches("\\d{1,7}");
        if (!digits || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_JOBS) {
            throw new CannotStart("--jobs takes a number from 1 to " + MOST_JOBS + ", not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }
}
