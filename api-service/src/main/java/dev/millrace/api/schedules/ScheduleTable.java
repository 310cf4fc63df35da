package dev.millrace.api.schedules;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the table {@code api.schedule}. */
@Singleton
public class ScheduleTable {

    static final int MAX_PAGE = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String STATUS = """
            select s.tenant, s.id, s.generation, s.version, s.source, s.plan, s.job, s.paused, s.created_at, s.updated_at,
                last.at as last_at, last.outcome as last_outcome
            from api.schedule s left join lateral (
                select at, outcome from api.schedule_fire f
                where f.tenant = s.tenant and f.schedule = s.id and f.generation = s.generation
                order by at desc limit 1) last on true
            where s.tenant = $1 and s.removed_at is null\s""";
    private static final String FIND = STATUS + "and s.id = $2";
    private static final String PAGE =
            STATUS + "and s.id > $2 and ($3::boolean is null or s.paused = $3) order by s.id limit $4";

    private final Db db;

    /**
     * A schedule with what became of its latest tick.
     *
     * @param lastFireAt null if nothing became of any yet, as {@code lastOutcome}
     */
    record StoredSchedule(
            Schedule schedule,
            @Nullable Instant lastFireAt,
            @Nullable String lastOutcome) {}

    public ScheduleTable(Db db) {
        this.db = db;
    }

    Optional<StoredSchedule> find(ScheduleKey key) {
        return db.session(LIMIT, tx -> {
            for (Row row : tx.run(FIND, key.tenant(), key.id())) {
                return Optional.of(stored(row));
            }
            return Optional.empty();
        });
    }

    /**
     * Those behind an id, ordered by id.
     *
     * @param paused null for both
     */
    List<StoredSchedule> page(String tenant, String behind, @Nullable Boolean paused, int limit) {
        return db.session(LIMIT, tx -> {
            List<StoredSchedule> page = new ArrayList<>();
            tx.run(PAGE, tenant, behind, paused, limit).forEach(row -> page.add(stored(row)));
            return page;
        });
    }

    private static StoredSchedule stored(Row row) {
        return new StoredSchedule(schedule(row), Values.instantOrNull(row, "last_at"), row.getString("last_outcome"));
    }

    private static Schedule schedule(Row row) {
        return new Schedule(
                new ScheduleKey(row.getString("tenant"), row.getString("id")),
                row.getLong("generation"),
                row.getLong("version"),
                Schedule.Source.ofLabel(row.getString("source")),
                new ScheduleContent(
                        ScheduleCodec.plan(row.getString("plan")), row.getString("job"), row.getBoolean("paused")),
                Values.instant(row, "created_at"),
                Values.instant(row, "updated_at"));
    }
}
