package dev.millrace.scheduler.maintenance;

import static dev.millrace.scheduler.ScheduleRig.every;
import static dev.millrace.scheduler.ScheduleRig.key;
import static dev.millrace.scheduler.ScheduleRig.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.scheduler.ScheduleRig;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.groups.EntryWriter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class CleaningTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<String> RETENTION = MaintenanceCodec.retention(new JobId(UUID.randomUUID()));

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    private final String stream = "mr:{ctl}:maintenance-" + UUID.randomUUID();
    private ScheduleRig rig;

    @BeforeEach
    void aRig() {
        rig = new ScheduleRig(vertx, redis);
    }

    @Test
    void deletesWhatIsOldAndAnsweredInSeveralBatches() {
        rig.create("tidy", plan(every(1), new Misfire.FireAll(10_000)));
        rig.clock.advance(Duration.ofSeconds(2_500));
        rig.fireAll();
        rig.answers().keep(rig.sent().stream().map(ScheduleRig::answer).skip(1).toList());
        rig.carryOut(new Remove(UUID.randomUUID(), key("tidy"), OptionalLong.empty()));

        rig.clock.advance(WEEK.minusHours(1));
        ask(RETENTION);
        assertThat(fires()).isEqualTo(2_500);
        assertThat(rig.count("select count(*) from scheduler.command")).isZero();

        rig.clock.advance(Duration.ofHours(2));
        ask(RETENTION);
        assertThat(fires()).as("the one that was not answered").isEqualTo(1);
        assertThat(rig.count("select count(*) from scheduler.schedule")).isZero();
    }

    @Test
    void leavesWhatStandsAndDoesNothingForARequestThatItDoesNotKnow() {
        rig.create("tidy", Plan.of(every(3_600)));
        rig.clock.advance(WEEK.multipliedBy(2));
        ask(List.of("kind", "vacuum"));
        assertThat(rig.count("select count(*) from scheduler.quarantine")).isEqualTo(1);
        assertThat(rig.count("select count(*) from scheduler.command")).isEqualTo(1);

        ask(RETENTION);
        assertThat(rig.count("select count(*) from scheduler.schedule")).isEqualTo(1);
    }

    private void ask(List<String> entry) {
        new EntryWriter(rig.link(), stream).write(List.of(entry));
        new Cleaning(rig.member("scheduler-1"), stream, rig.db, rig.time(), new Retention(WEEK)).cleanOnce();
    }

    private long fires() {
        return rig.count("select count(*) from scheduler.fire");
    }
}
