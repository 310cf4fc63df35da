package dev.millrace.worker.drain;

import java.time.Duration;

/**
 * How a worker stops.
 *
 * @param grace how long running jobs may go on, zero or more
 */
public record DrainSettings(Duration grace) {

    public DrainSettings {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("millrace.worker.grace cannot be negative as " + grace + " is.");
        }
    }

    /**
     * Reads and checks it.
     *
     * @throws IllegalArgumentException with the key and the rule, if the grace is negative
     */
    public static DrainSettings of(DrainConfig config) {
        return new DrainSettings(config.grace());
    }
}
