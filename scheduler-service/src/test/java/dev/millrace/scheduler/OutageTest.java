package dev.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Endpoint;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole service, with its own loops and clocks. */
@QuarkusTest
@WithTestResource(SchedulerServers.class)
class OutageTest {

    private static final String READY = "/q/health/ready";
    private static final ScheduleKey EACH_SECOND = new ScheduleKey("default", "each-second");

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void I34_firesEachSecondAlsoThoseInWhichPostgresWasAway() {
        ScheduleRig rig = new ScheduleRig(vertx, redis);
        Endpoint service = new Endpoint(port);
        tell(rig.link(), new ScheduleCommand.Create(UUID.randomUUID(), EACH_SECOND, eachSecond()));
        Awaiting.until("it fires", () -> fires(rig) >= 2);

        SchedulerServers.postgres().kill();
        Awaiting.until("it is not ready", () -> service.text(READY).contains("\"postgresql\": \"unreachable\""));
        assertThat(service.status(READY)).isEqualTo(503);
        assertThat(service.status("/q/health/live")).isEqualTo(200);
        SchedulerServers.postgres().restart();

        Awaiting.until("it answers", () -> service.text(READY).contains("\"postgresql\": \"answers\""));
        long before = fires(rig);
        Awaiting.until("it fires again", () -> fires(rig) >= before + 3);
        assertThat(rig.count("""
                select cast(extract(epoch from max(at) - min(at)) as bigint) + 1 - count(*)
                  from scheduler.fire where schedule = 'each-second' and not missed""")).as("seconds without a fire").isZero();
    }

    private static long fires(ScheduleRig rig) {
        return rig.count("select count(*) from scheduler.fire where schedule = 'each-second'");
    }

    private static void tell(RedisLink link, ScheduleCommand command) {
        new EntryWriter(link, StreamNames.schedules()).write(List.of(ScheduleCodec.encode(command)));
    }

    private static ScheduleContent eachSecond() {
        Plan plan = new Plan(
                new Every(Duration.ofSeconds(1), Instant.EPOCH),
                null,
                null,
                new Misfire.FireAll(1_000),
                Plan.DEFAULT_GRACE,
                Plan.DEFAULT_WINDOW,
                Overlap.ALLOW);
        return new ScheduleContent(plan, ScheduleRig.JOB, false);
    }
}
