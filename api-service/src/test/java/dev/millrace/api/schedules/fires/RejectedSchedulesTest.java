package dev.millrace.api.schedules.fires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.ApiServers;
import dev.millrace.api.base.config.Settings;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.outbox.Rows;
import dev.millrace.api.schedules.PlayedScheduler;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.Schedule.Source;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class RejectedSchedulesTest {

    private static final ScheduleKey KEY = new ScheduleKey("default", "nightly");
    private static final Instant TICK = Instant.parse("2026-05-05T05:05:00Z");
    private static final String GOOD = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";
    private static final String BAD = "{\"task\":\"demo.echo\"}";

    @Inject
    Stage stage;

    @Inject
    PlayedScheduler scheduler;

    @Inject
    FireCommit commit;

    @Inject
    Db db;

    @Inject
    Intake intake;

    @Inject
    Objections work;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RejectedSchedules rejected;
    private long version = 7;

    @BeforeEach
    void openStage() {
        stage.opened(port);
        Rows.change("delete from api.schedule_fire");
        Rows.change("delete from api.schedule");
        rejected = rejected(Map.of());
    }

    @Test
    void aScheduleThatWasRejectedThriceInARowIsFoundUntilItFires() {
        stands(Source.API, BAD, false);
        fire(0, 2, BAD);
        assertThat(looked()).isZero();

        fire(2, 3, BAD);
        assertThat(looked()).isEqualTo(1);
        assertThat(rejected.found()).containsExactly(KEY);

        fire(3, 4, GOOD);
        assertThat(looked()).isZero();
    }

    @Test
    void aRepeatedReportCountsOnceAndOneThatFiresBetweenBeginsAnew() {
        stands(Source.API, BAD, false);
        fire(0, 2, BAD);
        fire(0, 2, BAD);
        fire(2, 3, GOOD);
        fire(3, 5, BAD);

        assertThat(looked()).isZero();
    }

    @Test
    void aScheduleThatWasChangedBeginsAnew() {
        stands(Source.API, BAD, false);
        fire(0, 3, BAD);
        stands(Source.API, GOOD, false);

        assertThat(looked()).isZero();
    }

    @Test
    void howManyAreTooManyIsSet() {
        rejected = rejected(Map.of("millrace.api.schedules.rejected-in-a-row", "1"));
        stands(Source.API, BAD, false);
        fire(0, 1, BAD);

        assertThat(looked()).isEqualTo(1);
        assertThatThrownBy(() -> rejected(Map.of("millrace.api.schedules.rejected-in-a-row", "0")))
                .hasMessageContaining("millrace.api.schedules.rejected-in-a-row is 0");
    }

    @Test
    void aDeclaredScheduleIsFoundByTheSecondLookBeforeItFires() {
        stands(Source.CONFIGURATION, BAD, false);

        assertThat(looked()).isZero();
        assertThat(looked()).isEqualTo(1);
        stands(Source.CONFIGURATION, GOOD, false);
        assertThat(looked()).isZero();
    }

    @Test
    void whatIsPausedOrMadeByClientsIsNotTriedOut() {
        stands(Source.CONFIGURATION, BAD, true);
        looked();
        assertThat(looked()).isZero();

        stands(Source.API, BAD, false);
        looked();
        assertThat(looked()).isZero();
    }

    private RejectedSchedules rejected(Map<String, String> settings) {
        return new RejectedSchedules(db, intake, work, Settings.of(RejectionConfig.class, settings), meters);
    }

    /** How many the look found. */
    private int looked() {
        rejected.lookOnce();
        return rejected.found().size();
    }

    private void stands(Source source, String job, boolean paused) {
        long now = ++version;
        ScheduleContent content = new ScheduleContent(
                ScheduleCodec.plan("{\"trigger\":{\"interval\":{\"every\":\"PT1M\"}}}"), job, paused);
        scheduler.tell(new Stands(new Schedule(KEY, 7, now, source, content, TICK, TICK), Optional.empty()));
        Rows.await("the schedule is on record", () -> Rows.count("api.schedule where version = " + now) == 1);
    }

    /** Ticks of these minutes. */
    private void fire(int from, int to, String job) {
        commit.commit(IntStream.range(from, to)
                .mapToObj(minute -> new FireReport(KEY, 7, TICK.plusSeconds(60L * minute), false, Overlap.ALLOW, job))
                .toList());
    }
}
