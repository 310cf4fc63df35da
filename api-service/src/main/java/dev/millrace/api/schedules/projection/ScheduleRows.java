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
            select told.*, case when plan is null then now() end
            from unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::text[], $6::text[], $7::text[], $8::bool[],
                $9::timestamptz[], $10::timestamptz[])
                as told (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
            on conflict (tenant, id) do update set generation = excluded.generation, version = excluded.version,
                source = excluded.source, plan = excluded.plan, job = excluded.job, paused = excluded.paused,
                created_at = excluded.created_at, updated_at = excluded.updated_at, removed_at = excluded.removed_at
            where known.version < excluded.version""";

    private ScheduleRows() {}

    /** The greater version stays. */
    static void write(Tx tx, Collection<ScheduleVersion> told) {
        if (!told.isEmpty()) {
            tx.run(UPSERT, columns(told));
        }
    }

    private static Object[] columns(Collection<ScheduleVersion> told) {
        Columns<ScheduleVersion> versions = new Columns<>(told);
        return new Object[] {
            versions.texts(known -> known.key().tenant()),
            versions.texts(known -> known.key().id()),
            versions.longs(ScheduleVersion::generation),
            versions.longs(ScheduleVersion::version),
            versions.texts(ifStands(schedule -> schedule.source().label())),
            versions.texts(ifStands(
                    schedule -> PlanJson.write(schedule.content().plan()).toString())),
            versions.texts(ifStands(schedule -> schedule.content().job())),
            versions.booleans(ifStands(schedule -> schedule.content().paused())),
            versions.times(ifStands(Schedule::createdAt)),
            versions.times(ifStands(Schedule::updatedAt))
        };
    }

    private static <T> Function<ScheduleVersion, @Nullable T> ifStands(Function<Schedule, T> value) {
        return version -> version.schedule() == null ? null : value.apply(version.schedule());
    }
}
