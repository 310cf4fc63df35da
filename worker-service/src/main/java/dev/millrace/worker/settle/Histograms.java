package dev.millrace.worker.settle;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Histograms of how long jobs wait and run, all cut at the same places. */
public final class Histograms {

    /** Background jobs take from milliseconds to an hour. */
    private static final Duration[] CUTS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private Histograms() {}

    /** One that has its tags still to get, and to be registered. */
    public static Timer.Builder named(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(CUTS);
    }
}
