package dev.millrace.api.outbox.reconcile;

import dev.millrace.stream.redis.RedisState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the reconcile found Redis to be, and what it did about it. */
@Singleton
public final class ReconcileMeters {

    private final Counter openings;
    private final Counter checks;
    private final Counter putBack;
    private volatile RedisState redis = RedisState.UNKNOWN;
    private volatile int epoch;

    public ReconcileMeters(MeterRegistry registry) {
        this.openings = runs(registry, "opening");
        this.checks = runs(registry, "sweep");
        this.putBack = Counter.builder("millrace_reconcile_put_back")
                .description("Live jobs that were not in Redis and were put back")
                .register(registry);
        Gauge.builder("millrace_epoch", this, ReconcileMeters::epoch)
                .description("The epoch of Redis")
                .register(registry);
        Gauge.builder("millrace_redis_open", this, one -> one.redis == RedisState.OPEN ? 1 : 0)
                .description("1 while Redis answers and is open for work")
                .register(registry);
    }

    /** What the latest look found. */
    public RedisState redis() {
        return redis;
    }

    /** Redis's epoch when it was last found open; 0 before. */
    public int epoch() {
        return epoch;
    }

    void found(int openWith) {
        epoch = openWith;
        redis = RedisState.OPEN;
    }

    void found(RedisState closed) {
        redis = closed;
    }

    void opened(long jobs) {
        openings.increment();
        putBack.increment((double) jobs);
    }

    void checked(long jobs) {
        checks.increment();
        putBack.increment((double) jobs);
    }

    private static Counter runs(MeterRegistry registry, String cause) {
        return Counter.builder("millrace_reconcile_runs")
                .tag("cause", cause)
                .description("Walks over the live jobs, by their cause")
                .register(registry);
    }
}
