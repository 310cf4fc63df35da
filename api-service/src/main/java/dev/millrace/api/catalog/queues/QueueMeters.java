package dev.millrace.api.catalog.queues;

import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.Backlogs;
import dev.millrace.stream.groups.Backlogs.Backlog;
import dev.millrace.stream.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Shows for every lane of every known queue how much waits, how much workers hold, and for how long the oldest has
 * waited. It looks every 10 s; the figures stay what they were while Redis is away.
 */
@Singleton
public final class QueueMeters {

    /** How often it is to look. */
    public static final Duration PERIOD = Duration.ofSeconds(10);

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Backlogs backlogs;
    private final TaskCatalog catalog;
    private final RedisClock clock;
    private final MultiGauge ready;
    private final MultiGauge held;
    private final MultiGauge oldest;

    public QueueMeters(
            RedisLink link, StreamNames names, TaskCatalog catalog, RedisClock clock, MeterRegistry registry) {
        this.backlogs = new Backlogs(link, names);
        this.catalog = catalog;
        this.clock = clock;
        this.ready = gauge(registry, "millrace_queue_ready_jobs", "Jobs that no worker was given yet");
        this.held = gauge(registry, "millrace_queue_held_jobs", "Jobs that a worker holds, running or not");
        this.oldest = gauge(registry, "millrace_queue_oldest_seconds", "For how long the oldest ready job has waited");
    }

    public void lookOnce() {
        Map<Lane, Backlog> found = new LinkedHashMap<>();
        Backlogs.lanesOf(catalog.queues()).forEach(lane -> found.put(lane, backlogs.of(lane)));
        Optional<Instant> now = clock.now();
        show(ready, found, Backlog::ready);
        show(held, found, Backlog::held);
        show(oldest, found, backlog -> ageSeconds(backlog.oldest(), now));
    }

    private static double ageSeconds(Optional<EntryId> oldest, Optional<Instant> now) {
        return oldest.flatMap(entry -> now.map(time -> time.toEpochMilli() - entry.millis()))
                .map(millis -> Math.max(0, millis) / MILLIS_PER_SECOND)
                .orElse(0.0);
    }

    private static void show(MultiGauge gauge, Map<Lane, Backlog> found, ToDoubleFunction<Backlog> value) {
        List<Row<?>> rows = found.entrySet().stream()
                .<Row<?>>map(one -> Row.of(tags(one.getKey()), value.applyAsDouble(one.getValue())))
                .toList();
        gauge.register(rows, true);
    }

    private static Tags tags(Lane lane) {
        return Tags.of("queue", lane.queue().value(), "lane", lane.label());
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
