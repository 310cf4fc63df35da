package dev.millrace.api.schedules.fires;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import dev.millrace.schedule.ScheduleKey;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api.schedule_fire}: what was decided of each tick. */
public final class FireLines {

    private static final String KNOWN = """
            select asked.place, fire.outcome
            from unnest($1::text[], $2::text[], $3::int8[], $4::timestamptz[]) with ordinality
                as asked (tenant, schedule, generation, at, place)
            join api.schedule_fire fire using (tenant, schedule, generation, at)""";

    private static final String INSERT = """
            insert into api.schedule_fire (tenant, schedule, generation, at, job, outcome, detail, workflow)
            select * from unnest($1::text[], $2::text[], $3::int8[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[], $8::uuid[])
            on conflict do nothing""";

    /** Ticks are whole milliseconds, so that this is none. */
    private static final String INSERT_TRIGGERED = """
            insert into api.schedule_fire (tenant, schedule, generation, at, job, outcome, workflow)
            select $1, $2, $3, date_trunc('milliseconds', clock_timestamp())
                + (1 + floor(random() * 998)) * interval '1 microsecond', $4, $5, $6
            on conflict do nothing returning at""";

    private FireLines() {}

    /** What was decided before, by report. */
    static Map<FireReport, Outcome> known(Tx tx, List<FireReport> reports) {
        Map<FireReport, Outcome> known = new HashMap<>();
        Columns<FireReport> columns = new Columns<>(reports);
        tx.run(
                        KNOWN,
                        columns.texts(report -> report.key().tenant()),
                        columns.texts(report -> report.key().id()),
                        columns.longs(FireReport::generation),
                        columns.times(FireReport::at))
                .forEach(row -> known.put(reports.get(row.getInteger(0) - 1), Outcome.ofLabel(row.getString(1))));
        return known;
    }

    static void insert(Tx tx, List<FireLine> lines) {
        if (!lines.isEmpty()) {
            Columns<FireLine> columns = new Columns<>(lines);
            tx.run(
                    INSERT,
                    columns.texts(line -> line.key().tenant()),
                    columns.texts(line -> line.key().id()),
                    columns.longs(FireLine::generation),
                    columns.times(FireLine::at),
                    columns.uuids(FireLines::uuid),
                    columns.texts(line -> line.outcome().label()),
                    columns.texts(FireLine::detail),
                    columns.uuids(FireLine::workflow));
        }
    }

    /** Notes that somebody had a schedule fire now, whatever its trigger says. Returns when that was. */
    public static Instant insertTriggered(Tx tx, ScheduleKey key, long generation, JobId job) {
        return insertTriggered(tx, key, generation, job.uuid(), null);
    }

    /** As {@link #insertTriggered(Tx, ScheduleKey, long, JobId)}, of a schedule that starts workflows. */
    public static Instant insertTriggeredWorkflow(Tx tx, ScheduleKey key, long generation, UUID workflow) {
        return insertTriggered(tx, key, generation, null, workflow);
    }

    private static Instant insertTriggered(
            Tx tx, ScheduleKey key, long generation, @Nullable UUID job, @Nullable UUID workflow) {
        while (true) {
            for (Row row : tx.run(
                    INSERT_TRIGGERED, key.tenant(), key.id(), generation, job, Outcome.FIRED.label(), workflow)) {
                return row.getOffsetDateTime(0).toInstant();
            }
        }
    }

    private static @Nullable UUID uuid(FireLine line) {
        return line.job() == null ? null : line.job().uuid();
    }
}
