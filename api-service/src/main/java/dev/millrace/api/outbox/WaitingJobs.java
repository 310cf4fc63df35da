package dev.millrace.api.outbox;

import dev.millrace.api.db.Db;
import dev.millrace.api.db.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows how many accepted jobs are not in Redis: {@code millrace_outbox_jobs} wait for a publisher or the relay,
 * {@code millrace_parked_jobs} for room in their bands. The numbers are those of all instances, and the latest known
 * ones while PostgreSQL is away.
 */
@Singleton
public class WaitingJobs {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String OUTBOX = "select coalesce(sum(cardinality(job_ids)), 0)::bigint from api.outbox";
    private static final String PARKED = "select count(*) from api.job where parked is not null";

    private final Db db;
    private final AtomicLong outbox = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();

    public WaitingJobs(Db db, MeterRegistry registry) {
        this.db = db;
        Gauge.builder("millrace_outbox_jobs", outbox, AtomicLong::get).register(registry);
        Gauge.builder("millrace_parked_jobs", parked, AtomicLong::get).register(registry);
    }

    public Duration countOnce() {
        db.session(LIMIT, tx -> {
            outbox.set(count(tx, OUTBOX));
            parked.set(count(tx, PARKED));
            return tx;
        });
        return PAUSE;
    }

    private static long count(Tx tx, String sql) {
        return tx.run(sql).iterator().next().getLong(0);
    }
}
