package dev.millrace.scheduler.fires;

import dev.millrace.postgres.Db;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How many schedules there are, and how much of what they fired is not answered: the same numbers in every scheduler. */
public final class ScheduleGauges {

    /** How often it is to count. */
    public static final Duration PERIOD = Duration.ofSeconds(15);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String SCHEDULES = "select count(*) from scheduler.schedule where removed_at is null";
    private static final String UNANSWERED = "select count(*) from scheduler.fire where send_at is not null";

    private final Db db;
    private final AtomicLong schedules;
    private final AtomicLong unanswered;

    public ScheduleGauges(Db db, MeterRegistry registry) {
        this.db = db;
        this.schedules = registry.gauge("millrace_schedules", new AtomicLong());
        this.unanswered = registry.gauge("millrace_schedule_fires_unanswered", new AtomicLong());
    }

    public void countOnce() {
        schedules.set(db.transaction(LIMIT, tx -> tx.number(SCHEDULES)));
        unanswered.set(db.transaction(LIMIT, tx -> tx.number(UNANSWERED)));
    }
}
