package dev.millrace.schedule.trigger;

import java.time.Instant;
import java.util.Optional;

/**
 * Fires at one instant.
 *
 * @param at in whole milliseconds, what is finer is cut off
 */
public record Once(Instant at) implements Trigger {

    public Once {
        at = ScheduleRules.instant("time", at);
    }

    @Override
    public Optional<Occurrence> next(Instant after) {
        return after.isBefore(at) ? Optional.of(Occurrence.utc(at)) : Optional.empty();
    }

    @Override
    public String description() {
        return "once, at " + at;
    }
}
