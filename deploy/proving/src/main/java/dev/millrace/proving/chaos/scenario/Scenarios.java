package dev.millrace.proving.chaos.scenario;

import dev.millrace.embedded.CannotStart;
import java.util.List;
import java.util.stream.Collectors;

/** All of them, in the order in which they are played. */
public final class Scenarios {

    public static final List<Scenario> ALL = List.of(
            new WorkersKilled(),
            new WorkersPaused(),
            new WorkersReplaced(),
            new ApisKilled(),
            new RedisKilled(),
            new RedisEmptied(),
            new PostgresKilled());

    private Scenarios() {}

    /**
     * That of a name.
     *
     * @throws CannotStart if there is none
     */
    public static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("There is no scenario '" + name + "' (there are "
                        + ALL.stream().map(Scenario::name).collect(Collectors.joining(", "))
                        + "): './millrace chaos --list' tells what they do."));
    }
}
