package dev.millrace.api.schedules.fires;

import dev.millrace.schedule.FireReport.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts what became of ticks, each once. */
@Singleton
public final class FireMeters {

    private final MeterRegistry registry;

    public FireMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            counter(outcome);
        }
    }

    void decided(List<FireLine> lines) {
        lines.forEach(line -> counter(line.outcome()).increment());
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("millrace_schedule_fires")
                .tag("outcome", outcome.label())
                .description("Ticks of schedules, by what became of them")
                .register(registry);
    }
}
