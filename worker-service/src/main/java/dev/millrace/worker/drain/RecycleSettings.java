package dev.millrace.worker.drain;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a worker makes room for a fresh process of itself: as soon as one of these is reached, or never.
 *
 * @param jobs runs, at least 1
 * @param time from its start, at least a second
 */
public record RecycleSettings(OptionalInt jobs, Optional<Duration> time) {

    /** Never. */
    public static final RecycleSettings NEVER = new RecycleSettings(OptionalInt.empty(), Optional.empty());

    public RecycleSettings {
        if (jobs.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "millrace.worker.recycle-after.jobs is at least 1, not " + jobs.getAsInt() + ".");
        }
        time.filter(one -> one.compareTo(Duration.ofSeconds(1)) < 0).ifPresent(one -> {
            throw new IllegalArgumentException(
                    "millrace.worker.recycle-after.time is at least a second, not " + one + ".");
        });
    }

    /**
     * Reads and checks it.
     *
     * @throws IllegalArgumentException with the key and the rule, if one of them is too small
     */
    public static RecycleSettings of(RecycleConfig config) {
        return new RecycleSettings(config.jobs(), config.time());
    }
}
