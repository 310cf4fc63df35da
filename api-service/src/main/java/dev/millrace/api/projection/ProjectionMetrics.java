package dev.millrace.api.projection;

import dev.millrace.api.projection.Ledger.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What the projection met, in numbers. */
@ApplicationScoped
class ProjectionMetrics {

    private final Counter events;
    private final Counter secondEnds;
    private final Counter unknownRows;
    private final Counter quarantined;
    private final AtomicLong lagMillis = new AtomicLong();

    ProjectionMetrics(MeterRegistry registry) {
        this.events = registry.counter("millrace_projection_events");
        this.secondEnds = registry.counter("millrace_projection_duplicate_terminal");
        this.unknownRows = registry.counter("millrace_projection_unknown_row");
        this.quarantined = registry.counter("millrace_projection_quarantined");
        registry.gauge("millrace_projection_lag_seconds", lagMillis, millis -> millis.get() / 1000.0);
    }

    void wrote(Changes changes, Written written) {
        secondEnds.increment(changes.secondEnds() + written.secondEnds());
        unknownRows.increment(written.unknownRows());
        quarantined.increment(changes.unreadable().size());
    }

    /** A batch was committed, so long after the oldest of its events was written. */
    void committed(int batch, Duration age) {
        events.increment(batch);
        lagMillis.set(Math.max(0, age.toMillis()));
    }

    void idle() {
        lagMillis.set(0);
    }
}
