package dev.millrace.proving.chaos.scenario;

import dev.millrace.embedded.CannotStart;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All of them, in the order in which they are played. */
public final class Scenarios {

    private static final List<Supplier<Scenario>> CATALOGUE = List.of(
            WorkersKilled::new,
            WorkersPaused::new,
            WorkersReplaced::new,
            ApisKilled::new,
            RedisKilled::new,
            RedisEmptied::new,
            RedisFull::new,
            PostgresKilled::new,
            SchedulersKilled::new,
            Schedules::new,
            Links::new,
            Poison::new,
            Cancels::new,
            Chords::new,
            EntriesMalformed::new,
            Storm::new,
            Idle::new);

    private Scenarios() {}

    /** All, none of which has been played. */
    public static List<Scenario> all() {
        return CATALOGUE.stream().map(Supplier::get).toList();
    }

    /**
     * That of a name.
     *
     * @throws CannotStart if there is none
     */
    public static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("There is no scenario '" + name + "' (there are "
                        + all().stream().map(Scenario::name).collect(Collectors.joining(", "))
                        + "): './millrace chaos --list' tells what they do."));
    }
}
