package dev.millrace.api.outbox;

import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Shows how many accepted jobs are not in Redis, and counts those that this instance brought there. What waits is that of
 * all instances, and the latest known while PostgreSQL is away.
 */
@Singleton
public final class OutboxMeters {

    /** How often it is to count. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String COUNT = """
            select coalesce(sum(cardinality(job_ids)), 0)::bigint as outbox,
                coalesce(extract(epoch from greatest(now() - min(due_at), interval '0')) * 1000, 0)::bigint as overdue,
                (%s) as parked
            from api.outbox""".formatted(WaitingRows.COUNT_PARKED);

    private final Db db;
    private final Counter published;
    private final Counter relayed;
    private volatile Waiting waiting = new Waiting(0, 0, 0);

    private record Waiting(long outbox, long overdueMillis, long parked) {}

    public OutboxMeters(Db db, MeterRegistry registry) {
        this.db = db;
        this.published = published(registry, "publisher");
        this.relayed = published(registry, "relay");
        Gauge.builder("millrace_outbox_jobs", this, one -> one.waiting.outbox())
                .description("Accepted jobs that wait for a publisher or the relay")
                .register(registry);
        Gauge.builder("millrace_parked_jobs", this, one -> one.waiting.parked())
                .description("Accepted jobs that wait for room in their bands")
                .register(registry);
        TimeGauge.builder("millrace_outbox_overdue", this, TimeUnit.MILLISECONDS, one -> one.waiting.overdueMillis())
                .description("For how long the relay should have published the oldest row")
                .register(registry);
    }

    public void countOnce() {
        waiting = db.session(LIMIT, OutboxMeters::count);
    }

    /** Jobs lie in Redis by what was in memory. */
    void published(Admitted admitted) {
        published.increment((double) admitted.ok());
    }

    /** Jobs lie in Redis by what was read from the outbox. */
    void relayed(Admitted admitted) {
        relayed.increment((double) admitted.ok());
    }

    private static Waiting count(Tx tx) {
        Row row = tx.run(COUNT).iterator().next();
        return new Waiting(row.getLong("outbox"), row.getLong("overdue"), row.getLong("parked"));
    }

    private static Counter published(MeterRegistry registry, String by) {
        return Counter.builder("millrace_outbox_published")
                .tag("by", by)
                .description("Jobs brought into Redis")
                .register(registry);
    }
}
