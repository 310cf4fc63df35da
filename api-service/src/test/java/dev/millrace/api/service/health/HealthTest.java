package dev.millrace.api.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.loop.Loops;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class HealthTest {

    private static final String READY = "/q/health/ready";
    private static final String LIVE = "/q/health/live";

    /** One that is not started is missed by nobody for a long time. */
    private static final String[] LOOPS_AND_DUTIES = {
        "cancel-repeat",
        "catalog",
        "event-readers",
        "event-trim",
        "expiry",
        "fires",
        "fires-trim",
        "fleet",
        "fleet-trim",
        "key-expiry",
        "live-ends",
        "live-events",
        "live-feed",
        "live-signs",
        "live-unheard-ends",
        "outbox-count",
        "outbox-settle",
        "projection",
        "publish",
        "queue-backlogs",
        "reconcile",
        "redis-clock",
        "relay",
        "retention",
        "retention-trim",
        "schedule-commands",
        "schedule-commands-count",
        "schedule-commands-forget",
        "schedule-events",
        "schedule-events-trim",
        "submit-1",
        "table-statistics",
    };

    @Inject
    Loops loops;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aClient() {
        client = new Client(port);
    }

    @Test
    void namesEveryLoopAndDutyWhileAllTurn() {
        JsonNode live = client.call("GET", LIVE).json();

        assertThat(live.get("status").asText()).isEqualTo("UP");
        assertThat(live.at("/checks/0/data").fieldNames()).toIterable().contains(LOOPS_AND_DUTIES);
    }

    @Test
    void isReadyWithoutRedisAndTellsWhatItFound() {
        Rows.await("Redis is open", () -> redis().contains("\"open\""));
        int epoch = epoch();
        ApiServers.redis().kill();
        Rows.await("it finds that Redis is away", () -> redis().contains("unreachable"));
        assertThat(client.call("GET", READY).status()).isEqualTo(200);
        assertThat(client.call("GET", LIVE).status()).isEqualTo(200);

        ApiServers.redis().restart();
        Rows.await("Redis is open", () -> redis().contains("\"open\""));
        assertThat(epoch()).isGreaterThan(epoch);
    }

    @Test
    void isNotAliveWhileALoopIsStuckAndNamesIt() {
        CountDownLatch release = new CountDownLatch(1);
        loops.start("held-up", () -> heldUpBy(release), Duration.ofMillis(50));
        Rows.await("it is not alive", () -> client.call("GET", LIVE).status() == 503);
        assertThat(client.call("GET", LIVE).http().body()).contains("\"held-up stuck, allowed\": 50");
        assertThat(client.call("GET", READY).status()).isEqualTo(200);

        release.countDown();
        Rows.await("it is alive", () -> client.call("GET", LIVE).status() == 200);
    }

    private static Duration heldUpBy(CountDownLatch release) throws InterruptedException {
        release.await();
        return Duration.ofHours(1);
    }

    @Test
    void hasStartedOnceEveryLoopHasBegun() {
        JsonNode started = client.call("GET", "/q/health/started").json();

        assertThat(started.get("status").asText()).isEqualTo("UP");
        assertThat(started.at("/checks/0/data/begun").asInt())
                .isPositive()
                .isEqualTo(started.at("/checks/0/data/loops").asInt());
    }

    private String redis() {
        return data("redis").toString();
    }

    private int epoch() {
        return data("redis").path("epoch").asInt();
    }

    private JsonNode data(String check) {
        for (JsonNode one : client.call("GET", READY).json().path("checks")) {
            if (one.path("name").asText().startsWith(check)) {
                return one.path("data");
            }
        }
        throw new AssertionError("There is no check " + check + ".");
    }

    @Test
    void isAliveButNotReadyWhilePostgresIsDown() {
        ApiServers.postgres().kill();
        int ready = client.call("GET", READY).status();
        int live = client.call("GET", LIVE).status();
        ApiServers.postgres().restart();

        assertThat(ready).isEqualTo(503);
        assertThat(live).isEqualTo(200);
        Rows.await("it is ready again", () -> client.call("GET", READY).status() == 200);
    }
}
