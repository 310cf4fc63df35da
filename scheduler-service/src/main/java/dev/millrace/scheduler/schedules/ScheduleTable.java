package dev.millrace.scheduler.schedules;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Schedules within one unit of work, each locked by its key until the end: also one that is not there yet. The content's
 * plan decides when it fires next.
 */
public final class ScheduleTable {

    private static final String LOCK = "select 1 from pg_advisory_xact_lock(hashtextextended(?1, 0))";
    private static final String GROWTH = "select nextval('scheduler.growth')";

    private ScheduleTable() {}

    /** Lets nobody else hold this name before the unit of work ends. */
    public static Uni<Integer> lock(String name) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LOCK, Integer.class)
                        .setParameter(1, name)
                        .getSingleResult());
    }

    /** Nobody else changes this key before the unit of work ends, and it does not fire meanwhile. */
    public static Uni<Optional<ScheduleRow>> lock(ScheduleKey key) {
        return lock(key.toString()).chain(() -> ScheduleRow.locked(key));
    }

    /** Makes a schedule, in the row that a removed one left if there is one. */
    public static Uni<ScheduleRow> make(
            ScheduleKey key, Optional<ScheduleRow> left, ScheduleContent content, Schedule.Source source, Instant now) {
        ScheduleRow row = left.orElseGet(() -> new ScheduleRow(key));
        return growth().invoke(growth -> row.make(content, source, growth, now)).chain(() -> row.persist());
    }

    public static Uni<ScheduleRow> change(ScheduleRow row, ScheduleContent content, Instant now) {
        return growth().invoke(growth -> row.change(content, growth, now)).replaceWith(row);
    }

    public static Uni<ScheduleRow> remove(ScheduleRow row, Instant now) {
        return growth().invoke(growth -> row.remove(growth, now)).replaceWith(row);
    }

    /** What was ever declared in configuration, by key; removed ones while they are kept. They are not locked. */
    public static Uni<List<ScheduleRow>> declared() {
        return ScheduleRow.list("source = ?1 order by tenant, id", Schedule.Source.CONFIGURATION.label());
    }

    private static Uni<Long> growth() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(GROWTH, Long.class).getSingleResult());
    }
}
