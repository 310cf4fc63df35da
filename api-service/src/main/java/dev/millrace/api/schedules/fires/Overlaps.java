package dev.millrace.api.schedules.fires;

import dev.millrace.api.record.job.JobPredicates;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleKey;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which schedules have a job or a workflow that has not ended, as long as nobody else can give them one. */
final class Overlaps {

    /** In the order of the array, so that two who lock do not wait for each other in a circle. */
    private static final String LOCK = "select pg_advisory_xact_lock(key) from unnest($1::int8[]) as locked (key)";

    /** One look for each into the index of live jobs, and one into that of live workflows. */
    private static final String BUSY = """
            select asked.tenant, asked.id from unnest($1::text[], $2::text[]) as asked (tenant, id)
            cross join lateral (
                (select 1 from api.job where job.tenant = asked.tenant and job.schedule_id = asked.id
                    and schedule_id is not null and %s limit 1)
                union all
                (select 1 from api.workflow where workflow.tenant = asked.tenant and workflow.schedule_id = asked.id
                    and schedule_id is not null and finished_at is null limit 1)
                limit 1) live""".formatted(JobPredicates.LIVE);

    private Overlaps() {}

    /** Waits until nobody else decides reports of these schedules, and keeps it so until the end of the transaction. */
    static void lock(Tx tx, List<FireReport> reports) {
        tx.run(LOCK, (Object) reports.stream()
                .map(report -> number(report.key()))
                .distinct()
                .sorted()
                .toArray(Long[]::new));
    }

    /** Those of the schedules with {@link Overlap#SKIP} that have such a job or workflow. */
    static Set<ScheduleKey> busy(Tx tx, List<FireReport> reports) {
        List<ScheduleKey> asked = reports.stream()
                .filter(report -> report.overlap() == Overlap.SKIP && !report.missed())
                .map(FireReport::key)
                .distinct()
                .toList();
        return asked.isEmpty() ? Set.of() : among(tx, asked);
    }

    private static Set<ScheduleKey> among(Tx tx, List<ScheduleKey> asked) {
        Set<ScheduleKey> busy = new HashSet<>();
        tx.run(
                        BUSY,
                        asked.stream().map(ScheduleKey::tenant).toArray(String[]::new),
                        asked.stream().map(ScheduleKey::id).toArray(String[]::new))
                .forEach(row -> busy.add(new ScheduleKey(row.getString(0), row.getString(1))));
        return busy;
    }

    /** Two schedules with one number only wait for each other without need. */
    private static long number(ScheduleKey key) {
        UUID name = UUID.nameUUIDFromBytes(("schedule " + key).getBytes(StandardCharsets.UTF_8));
        return name.getMostSignificantBits();
    }
}
