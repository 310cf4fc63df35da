package dev.millrace.api.record.projection;

import dev.millrace.api.record.projection.ProjectionWriter.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the projection met, in numbers. */
@Singleton
public final class ProjectionMeters {

    private final Counter events;
    private final Counter secondEnds;
    private final Counter unknownRows;
    private final Counter quarantined;
    private final Timer commit;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();

    public ProjectionMeters(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.events = counter(registry, "millrace_projection_events", "Events recorded");
        this.secondEnds = counter(
                registry, "millrace_projection_duplicate_terminal", "Ends of jobs that had ended already, ignored");
        this.unknownRows = counter(registry, "millrace_projection_unknown_row", "Events of jobs without a row");
        this.quarantined = counter(registry, "millrace_projection_quarantined", "Entries that cannot be recorded");
        this.commit = Timer.builder("millrace_projection_commit")
                .description("How long a batch took, with its halves where it was halved")
                .register(registry);
        TimeGauge.builder("millrace_projection_lag", this, TimeUnit.MILLISECONDS, ProjectionMeters::lagMillis)
                .description("Age of the oldest event in hand")
                .register(registry);
    }

    void wrote(ProjectionBatch changes, Written written) {
        secondEnds.increment(written.secondEnds());
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

    void committing(Runnable batch) {
        commit.record(batch);
    }

    /** Age of the oldest event in hand; 0 while none is. */
    public long lagMillis() {
        Instant since = oldest.get();
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis());
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
