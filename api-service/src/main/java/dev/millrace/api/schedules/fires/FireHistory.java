package dev.millrace.api.schedules.fires;

import dev.millrace.postgres.Db;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what became of the ticks of a schedule. */
@Singleton
public class FireHistory {

    public static final int MAX_PAGE = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String PAGE = """
            select fire.at, fire.job, fire.workflow, fire.outcome, fire.detail, coalesce(job.state, workflow.state) as state
            from api.schedule_fire fire left join api.job on job.id = fire.job
                left join api.workflow on workflow.id = fire.workflow
            where fire.tenant = $1 and fire.schedule = $2 and fire.generation = $3
                and ($4::timestamptz is null or fire.at < $4)
            order by fire.at desc limit $5""";

    private final Db db;

    public FireHistory(Db db) {
        this.db = db;
    }

    /**
     * A page, the latest first.
     *
     * @param before the end of the page before; null for the first
     * @param limit 1 to {@link #MAX_PAGE}
     * @throws dev.millrace.postgres.DatabaseUnavailable if PostgreSQL does not answer within 2 s
     */
    public FireList page(ScheduleKey key, long generation, @Nullable Instant before, int limit) {
        OffsetDateTime behind = before == null ? null : before.atOffset(ZoneOffset.UTC);
        return db.session(LIMIT, tx -> {
            List<FireDocument> fires = new ArrayList<>();
            tx.run(PAGE, key.tenant(), key.id(), generation, behind, limit + 1)
                    .forEach(row -> fires.add(FireDocument.of(row)));
            return FireList.cut(fires, limit);
        });
    }
}
