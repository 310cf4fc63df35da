package dev.millrace.scheduler.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loop.Loops;
import dev.millrace.scheduler.SchedulerServers;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Endpoint;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SchedulerServers.class)
class HealthTest {

    private static final String READY = "/q/health/ready";
    private static final String LIVE = "/q/health/live";

    @Inject
    Redis redis;

    @Inject
    Loops loops;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Endpoint service;

    @BeforeEach
    void aClient() {
        service = new Endpoint(port);
    }

    @Test
    void isAliveAndStartedAsLongAsItsLoopsTurnButReadyOnlyWhileRedisIsOpen() {
        restart();
        assertNotReady("\"redis\": \"cold\"");

        SchedulerServers.open(new RedisLink(redis, Duration.ofSeconds(5)), 7);
        Awaiting.until("it is ready", () -> service.status(READY) == 200);
        assertThat(service.text(READY)).contains("\"epoch\": 7");

        SchedulerServers.server().kill();
        assertNotReady("\"redis\": \"unreachable\"");
        restart();
    }

    private void assertNotReady(String why) {
        Awaiting.until("it tells " + why, () -> service.text(READY).contains(why));
        assertThat(service.status(READY)).isEqualTo(503);
        assertThat(service.status(LIVE)).isEqualTo(200);
        assertThat(service.status("/q/health/started")).isEqualTo(200);
    }

    private static void restart() {
        SchedulerServers.server().kill();
        SchedulerServers.server().restart();
    }

    @Test
    void isNotAliveWhileALoopIsStuckAndNamesIt() {
        CountDownLatch release = new CountDownLatch(1);
        loops.start("held-up", () -> heldUpBy(release), Duration.ofMillis(50));
        Awaiting.until("it is not alive", () -> service.status(LIVE) == 503);
        assertThat(service.text(LIVE)).contains("\"held-up stuck, allowed\": 50");

        release.countDown();
        Awaiting.until("it is alive", () -> service.status(LIVE) == 200);
    }

    private static Duration heldUpBy(CountDownLatch release) throws InterruptedException {
        release.await();
        return Duration.ofHours(1);
    }
}
