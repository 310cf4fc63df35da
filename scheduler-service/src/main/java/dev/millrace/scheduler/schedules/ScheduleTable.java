package dev.millrace.scheduler.schedules;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.scheduler.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Schedules within one transaction, each locked by its key until the end: also one that is not there yet. */
public final class ScheduleTable {

    private static final String LOCK = "select 1 from pg_advisory_xact_lock(hashtextextended(?1, 0))";
    private static final String ROW = "select * from scheduler.schedule where tenant = ?1 and id = ?2 for update";
    private static final String GROWTH = "select nextval('scheduler.growth')";

    private final Tx tx;

    public ScheduleTable(Tx tx) {
        this.tx = tx;
    }

    /** Nobody else changes this key before the transaction ends, and it does not fire meanwhile. */
    public Optional<ScheduleRow> lock(ScheduleKey key) {
        tx.one(Integer.class, LOCK, key.toString());
        return tx.select(ScheduleRow.class, ROW, key.tenant(), key.id()).stream()
                .findFirst();
    }

    /** Makes a schedule, in the row that a removed one left if there is one. */
    public ScheduleRow make(
            ScheduleKey key, Optional<ScheduleRow> left, ScheduleContent content, Schedule.Source source, Instant now) {
        ScheduleRow row = left.orElseGet(() -> new ScheduleRow(key));
        row.make(content, source, growth(), now);
        return left.isPresent() ? row : tx.ask(row::<ScheduleRow>persist);
    }

    public ScheduleRow change(ScheduleRow row, ScheduleContent content, Instant now) {
        row.change(content, growth(), now);
        return row;
    }

    public ScheduleRow remove(ScheduleRow row, Instant now) {
        row.remove(growth(), now);
        return row;
    }

    /** What was ever declared in configuration, by key; removed ones while they are kept. They are not locked. */
    public List<ScheduleRow> declared() {
        return tx.ask(() -> ScheduleRow.list("source = ?1 order by tenant, id", Schedule.Source.CONFIGURATION.label()));
    }

    private long growth() {
        return tx.one(Long.class, GROWTH);
    }
}
