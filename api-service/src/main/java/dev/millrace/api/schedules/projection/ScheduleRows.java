package dev.millrace.api.schedules.projection;

import dev.millrace.api.base.db.Tx;
import dev.millrace.json.PlanJson;
import dev.millrace.schedule.Schedule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
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
            tx.run(UPSERT, columns(List.copyOf(told)));
        }
    }

    private static Object[] columns(List<ScheduleVersion> told) {
        return new Object[] {
            told.stream().map(known -> known.key().tenant()).toArray(String[]::new),
            told.stream().map(known -> known.key().id()).toArray(String[]::new),
            told.stream().map(ScheduleVersion::generation).toArray(Long[]::new),
            told.stream().map(ScheduleVersion::version).toArray(Long[]::new),
            column(told, schedule -> schedule.source().label()).toArray(String[]::new),
            column(told, schedule -> PlanJson.write(schedule.content().plan()).toString())
                    .toArray(String[]::new),
            column(told, schedule -> schedule.content().job()).toArray(String[]::new),
            column(told, schedule -> schedule.content().paused()).toArray(Boolean[]::new),
            column(told, schedule -> utc(schedule.createdAt())).toArray(OffsetDateTime[]::new),
            column(told, schedule -> utc(schedule.updatedAt())).toArray(OffsetDateTime[]::new)
        };
    }

    private static <T> List<@Nullable T> column(List<ScheduleVersion> told, Function<Schedule, T> value) {
        return told.stream()
                .map(ScheduleVersion::schedule)
                .map(schedule -> schedule == null ? null : value.apply(schedule))
                .toList();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
