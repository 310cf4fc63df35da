package dev.millrace.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.RealServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that schedulers publish without being asked. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class ScheduleEventsTest {

    private static final ScheduleKey KEY = new ScheduleKey("default", "told");
    private static final String JOB = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";

    @Inject
    Stage stage;

    @Inject
    PlayedScheduler scheduler;

    @Inject
    RedisLink link;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;
    private long told;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.schedule");
        Rows.change("delete from api.quarantine");
    }

    @Test
    void theGreaterVersionWinsInWhateverOrderTheyCome() {
        List<ScheduleEvent> events = new ArrayList<>();
        for (int version = 1; version <= 20; version++) {
            events.add(stands(version));
            events.add(stands(version));
        }
        Collections.shuffle(events, new Random(5));
        events.forEach(scheduler::tell);

        Rows.await(
                "the last is there", () -> Rows.count("api.schedule where version = 20 and plan like '%PT20M%'") == 1);
        scheduler.tell(stands(3));
        awaitAllHeard();
        assertThat(Rows.count("api.schedule where id = 'told' and version = 20"))
                .isEqualTo(1);
    }

    @Test
    void whatIsToldLateDoesNotBringARemovedScheduleBack() {
        scheduler.tell(stands(1), new Removed(KEY, 7, 3, Optional.empty()), stands(2));
        awaitAllHeard();

        assertThat(client.call("GET", "/api/v1/schedules/told").status()).isEqualTo(404);
        scheduler.tell(stands(4));
        Rows.await(
                "it is made again",
                () -> client.call("GET", "/api/v1/schedules/told").status() == 200);
    }

    @Test
    void I27_eventsThatNobodyCanReadHarmOnlyThemselves() {
        RealServers.add(link, StreamNames.scheduleEvents(), Map.of("kind", "nonsense"));
        RealServers.add(link, StreamNames.scheduleEvents(), Map.of("kind", "stands", "tenant", "default"));
        scheduler.tell(stands(1), withAYearThatPostgresDoesNotKnow(), stands(2));
        RealServers.add(link, StreamNames.scheduleEvents(), Map.of("x", "y"));

        awaitAllHeard();

        assertThat(Rows.count("api.schedule where id = 'told' and version = 2")).isEqualTo(1);
        assertThat(Rows.count("api.quarantine where stream = '" + StreamNames.scheduleEvents() + "'"))
                .isEqualTo(4);
    }

    private void awaitAllHeard() {
        ScheduleKey last = new ScheduleKey("default", "last");
        long version = ++told;
        scheduler.tell(new Stands(PlayedScheduler.schedule(last, version, content(1)), Optional.empty()));
        Rows.await(
                "everything is heard",
                () -> Rows.count("api.schedule where id = 'last' and version = " + version) == 1);
    }

    private static Stands stands(long version) {
        return new Stands(PlayedScheduler.schedule(KEY, version, content(version)), Optional.empty());
    }

    private static Stands withAYearThatPostgresDoesNotKnow() {
        Schedule good = PlayedScheduler.schedule(new ScheduleKey("default", "far"), 1, content(1));
        return new Stands(
                new Schedule(
                        good.key(),
                        1,
                        1,
                        good.source(),
                        good.content(),
                        Instant.parse("+400000-01-01T00:00:00Z"),
                        good.updatedAt()),
                Optional.empty());
    }

    private static ScheduleContent content(long minutes) {
        return new ScheduleContent(
                ScheduleCodec.plan("{\"trigger\":{\"interval\":{\"every\":\"PT" + minutes
                        + "M\",\"anchor\":\"2026-01-01T00:00:00Z\"}}}"),
                JOB,
                false);
    }
}
