package dev.millrace.scheduler.timers;

import dev.millrace.stream.jobs.Batch;
import java.time.Duration;

/** {@link TimersConfig}, checked. */
public record TimerSettings(int batch, Duration look, Duration takeOver) {

    public TimerSettings {
        if (batch < 1 || batch > Batch.MAX) {
            throw new IllegalArgumentException(
                    "millrace.scheduler.timers.batch is 1 to %d, not %d.".formatted(Batch.MAX, batch));
        }
        if (!look.isPositive()) {
            throw new IllegalArgumentException(
                    "millrace.scheduler.timers.look must be longer than nothing, not " + look + ".");
        }
        if (takeOver.compareTo(look) <= 0) {
            throw new IllegalArgumentException(
                    "millrace.scheduler.timers.take-over (%s) must be longer than millrace.scheduler.timers.look (%s)."
                            .formatted(takeOver, look));
        }
    }

    public static TimerSettings of(TimersConfig config) {
        return new TimerSettings(config.batch(), config.look(), config.takeOver());
    }
}
