package dev.millrace.api.schedules.fires;

import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.Schedule.Source;
import dev.millrace.schedule.ScheduleKey;
import java.util.Collection;
import java.util.List;

/** The column {@code rejected} of {@code api.schedule}: how many ticks in a row were rejected, since the schedule was changed. */
final class RejectionTable {

    /**
     * Locks in the order in which all writers do, and rows whose count stays zero not at all. What locks rows is planned by
     * itself: one look by key for each streak, however few rows the table is thought to have.
     */
    private static final String COUNT = """
            with streak as (
                select * from unnest($1::text[], $2::text[], $3::int8[], $4::bool[], $5::int4[])
                    as streak (tenant, id, generation, begins, rejected) order by tenant, id),
            touched as (
                select streak.* from streak cross join lateral (
                    select from api.schedule known
                    where known.tenant = streak.tenant and known.id = streak.id and known.generation = streak.generation
                        and (streak.rejected > 0 or known.rejected > 0) for update) locked)
            update api.schedule known
            set rejected = touched.rejected + case when touched.begins then 0 else known.rejected end
            from touched where known.tenant = touched.tenant and known.id = touched.id""";

    private static final String SUSPECTS = """
            select tenant, id, source, job, paused, rejected from api.schedule
            where removed_at is null and (rejected > 0 or source = 'configuration') order by tenant, id""";

    private RejectionTable() {}

    /**
     * A schedule that may be one whose jobs are refused.
     *
     * @param rejected how many of its ticks were, in a row
     */
    record Suspect(ScheduleKey key, Source source, String job, boolean paused, int rejected) {}

    static void count(Tx tx, Collection<RejectionStreak> streaks) {
        if (!streaks.isEmpty()) {
            Columns<RejectionStreak> columns = new Columns<>(streaks);
            tx.run(
                    COUNT,
                    columns.texts(streak -> streak.key().tenant()),
                    columns.texts(streak -> streak.key().id()),
                    columns.longs(RejectionStreak::generation),
                    columns.booleans(RejectionStreak::begins),
                    columns.ints(RejectionStreak::rejected));
        }
    }

    /** Those of which a tick was rejected, and those that the configuration declares. */
    static List<Suspect> suspects(Tx tx) {
        return tx.list(
                row -> new Suspect(
                        new ScheduleKey(row.getString("tenant"), row.getString("id")),
                        Source.ofLabel(row.getString("source")),
                        row.getString("job"),
                        row.getBoolean("paused"),
                        row.getInteger("rejected")),
                SUSPECTS);
    }
}
