package dev.millrace.scheduler.fires;

import dev.millrace.schedule.FireReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Counts what this scheduler fired, and what the api answered to it. May be used by many threads. */
public final class FireMeters {

    private final MeterRegistry registry;
    private final Counter missed;
    private final Counter sentAgain;
    private final Timer late;

    public FireMeters(MeterRegistry registry) {
        this.registry = registry;
        Arrays.stream(FireReport.Outcome.values()).forEach(outcome -> answers(outcome.label()));
        missed = registry.counter("millrace_schedule_missed");
        sentAgain = registry.counter("millrace_schedule_reports_repeated");
        late = Timer.builder("millrace_schedule_lateness")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1))
                .register(registry);
    }

    void fired(Firing.Round round) {
        missed.increment((double) round.missed());
        round.reports().stream()
                .filter(report -> !report.missed())
                .forEach(report -> late.record(Duration.between(report.at(), round.now())));
    }

    void sentAgain(int reports) {
        sentAgain.increment(reports);
    }

    void answered(List<String> labels) {
        labels.forEach(label -> answers(label).increment());
    }

    private Counter answers(String outcome) {
        return registry.counter("millrace_schedule_answers", "outcome", outcome);
    }
}
