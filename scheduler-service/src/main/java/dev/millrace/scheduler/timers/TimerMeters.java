package dev.millrace.scheduler.timers;

import dev.millrace.stream.timers.TimerStreams.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * Counts what was held and released, and by how much what was released was late. What waits is the same number in every
 * scheduler: read one of them, do not add them up.
 */
public final class TimerMeters {

    private static final Backlog NOTHING = new Backlog(0, 0, 0);

    private final Counter held;
    private final Timer late;
    private final AtomicReference<Backlog> backlog = new AtomicReference<>(NOTHING);

    public TimerMeters(MeterRegistry registry) {
        held = registry.counter("millrace_timers_held");
        late = Timer.builder("millrace_timers_late")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1))
                .register(registry);
        gauge(registry, "millrace_timers_delayed", Backlog::delayed);
        gauge(registry, "millrace_timers_waiting", Backlog::timers);
        gauge(registry, "millrace_timers_due", Backlog::due);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Backlog> number) {
        registry.gauge(name, backlog, latest -> number.applyAsDouble(latest.get()));
    }

    void held(int jobs) {
        held.increment(jobs);
    }

    void released(List<Duration> lateness) {
        lateness.forEach(late::record);
    }

    /** What was found last. */
    public void waits(Backlog found) {
        backlog.set(found);
    }
}
