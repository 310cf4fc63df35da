package dev.millrace.api.projection;

import dev.millrace.api.projection.Ledger.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the projection met, in numbers. */
@ApplicationScoped
class ProjectionMetrics {

    private final Counter events;
    private final Counter secondEnds;
    private final Counter unknownRows;
    private final Counter quarantined;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();

    ProjectionMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.events = registry.counter("millrace_projection_events");
        this.secondEnds = registry.counter("millrace_projection_duplicate_terminal");
        this.unknownRows = registry.counter("millrace_projection_unknown_row");
        this.quarantined = registry.counter("millrace_projection_quarantined");
        Gauge.builder("millrace_projection_lag_seconds", this, ProjectionMetrics::lagSeconds)
                .register(registry);
    }

    void wrote(Changes changes, Written written) {
        secondEnds.increment(changes.secondEnds() + written.secondEnds());
        unknownRows.increment(written.unknownRows());
        quarantined.increment(changes.unreadable().size());
    }

    /** A batch is in hand, whose oldest event was written then: the lag grows until it is committed. */
    void inHand(Instant oldestWritten) {
        oldest.set(oldestWritten);
    }

    void committed(int batch) {
        events.increment(batch);
    }

    /** Everything that was there is committed. */
    void idle() {
        oldest.set(null);
    }

    private double lagSeconds() {
        Instant since = oldest.get();
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }
}
