package dev.millrace.api.schedules.projection;

import dev.millrace.json.PlanJson;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.Schedule;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the table {@code api.schedule}, in the order that it is given, so that writers do not deadlock. */
final class ScheduleRows {

    private static final String UPSERT = """
            insert into api.schedule as known (tenant, id, generation, version, source, plan, job, paused, created_at,
                updated_at, removed_at)
            select versions.*, case when plan is null then now() end
            from unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::text[], $6::text[], $7::text[], $8::bool[],
                $9::timestamptz[], $10::timestamptz[])
                as versions (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
            on conflict (tenant, id) do update set generation = excluded.generation, version = excluded.version,
                source = excluded.source, plan = excluded.plan, job = excluded.job, paused = excluded.paused,
                created_at = excluded.created_at, updated_at = excluded.updated_at, removed_at = excluded.removed_at, rejected = 0
            where known.version < excluded.version""";

    private ScheduleRows() {}

    /** The greater version stays. */
    static void write(Tx tx, Collection<ScheduleVersion> versions) {
        if (!versions.isEmpty()) {
            tx.run(UPSERT, columns(versions));
        }
    }

    private static Object[] columns(Collection<ScheduleVersion> versions) {
        Columns<ScheduleVersion> columns = new Columns<>(versions);
        return new Object[] {
            columns.texts(known -> known.key().tenant()),
            columns.texts(known -> known.key().id()),
            columns.longs(ScheduleVersion::generation),
            columns.longs(ScheduleVersion::version),
            columns.texts(ifStands(schedule -> schedule.source().label())),
            columns.texts(ifStands(
                    schedule -> PlanJson.write(schedule.content().plan()).toString())),
            columns.texts(ifStands(schedule -> schedule.content().job())),
            columns.booleans(ifStands(schedule -> schedule.content().paused())),
            columns.times(ifStands(Schedule::createdAt)),
            columns.times(ifStands(Schedule::updatedAt))
        };
    }

    private static <T> Function<ScheduleVersion, @Nullable T> ifStands(Function<Schedule, T> value) {
        return version -> version.schedule() == null ? null : value.apply(version.schedule());
    }
}
