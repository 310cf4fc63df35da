package dev.millrace.scheduler.fires;

import static dev.millrace.scheduler.ScheduleRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.postgres.Values;
import dev.millrace.schedule.FireReport;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class ManySchedulesTest {

    private static final String HUNDRED_THOUSAND = """
            insert into scheduler.schedule
                (tenant, id, generation, version, source, plan, job, paused, next_at, created_at, updated_at)
            select 'default', 'tidy-' || number, number, number, 'api',
                   '{"trigger": {"interval": {"every": "PT24H", "anchor": "2040-01-01T00:00:00Z"}}}',
                   '{"task": "demo.echo"}', false,
                   timestamptz '2040-01-02T00:00:00Z' + case when number <= 10 then interval '0' else interval '1 day' end,
                   now(), now()
              from generate_series(1, 100000) as number""";

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    private ScheduleRig rig;

    @BeforeEach
    void aHundredThousand() {
        rig = new ScheduleRig(vertx, redis);
        rig.sql(HUNDRED_THOUSAND);
        rig.sql("analyze scheduler.schedule");
    }

    /** Nor are they left for the tests that follow. */
    @AfterEach
    void nothing() {
        rig.sql("truncate scheduler.schedule");
    }

    @Test
    void aRoundReadsOfAHundredThousandSchedulesOnlyThoseThatAreDue() {
        rig.clock.set(START.plus(Duration.ofDays(1)));
        assertThat(explained(Firing.DUE, Objects.requireNonNull(Values.time(rig.clock.instant())), 100))
                .contains("Index Scan using schedule_next on schedule", "rows=10 ")
                .doesNotContain("Seq Scan", "Rows Removed");
        assertThat(explained(Firing.NEXT))
                .contains("schedule_next on schedule", "rows=1 ")
                .doesNotContain("Seq Scan", "Rows Removed");

        assertThat(rig.firing().round().reports()).hasSize(10).noneMatch(FireReport::missed);
    }

    /** What PostgreSQL did for a statement. */
    private String explained(String statement, Object... parameters) {
        return rig.db.transaction(
                Duration.ofSeconds(30),
                tx -> String.join(
                        "\n", tx.list(row -> row.getString(0), "explain (analyze) " + statement, parameters)));
    }
}
