package dev.millrace.api.service.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.control.PlayedProcess;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.stream.control.MemberKind;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.RedisLinks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with its servers, which are well. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class DiagnosticsTest {

    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";

    @Inject
    Stage stage;

    @Inject
    RedisLink link;

    @Inject
    RedisLinks links;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void nobodyWorks() {
        client = stage.opened(port);
        Rows.change("delete from api.worker");
    }

    private void aWorkerServesTheQueue() {
        new FleetStream(link)
                .publish(List.of(
                        new Joined("w1", "w1", "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of(Stage.OTHER, 4)),
                        new Beat("w1", State.RUNNING, 1.5, 1_000, Map.of(Stage.OTHER, new Load(4, 0, 0)), 0)));
        Rows.await("the beat is recorded", () -> Rows.count("api.worker where beat_ms > 0") == 1);
    }

    private List<JsonNode> checks(String name) {
        JsonNode document = client.call("GET", "/api/v1/diagnostics").json();
        return StreamSupport.stream(document.path("checks").spliterator(), false)
                .filter(check -> check.path("check").asText().equals(name))
                .toList();
    }

    private boolean finds(String check, String status, String text) {
        return checks(check).stream()
                .anyMatch(one -> one.path("status").asText().equals(status)
                        && one.path("finding").asText().contains(text));
    }

    @Test
    void findsThatServersAndClocksAreWell() {
        for (String check : List.of("postgresql", "clocks", "loops", "quarantine")) {
            assertThat(checks(check))
                    .as(check)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.path("status").asText())
                            .as(one.toString())
                            .isIn("ok", "note"));
        }
        assertThat(finds("redis", "bad", "")).isFalse();
    }

    @Test
    void findsJobsInAQueueThatNobodyServesUntilSomebodyDoes() {
        client.submit(JOB);
        Rows.await("the queue is found", () -> finds("queues", "bad", "1 jobs wait in the queue 'other'"));
        assertThat(finds("workers", "bad", "No worker is there.")).isTrue();
        JsonNode health = client.call("GET", "/api/v1/health").json();
        assertThat(health.path("status").asText()).isEqualTo("degraded");
        assertThat(health.path("queues").path("unserved").toString()).isEqualTo("[\"other\"]");

        aWorkerServesTheQueue();

        Rows.await("nothing is found", () -> !finds("queues", "bad", "'other'"));
        assertThat(finds("workers", "bad", "")).isFalse();
    }

    @Test
    void showsHowAllPartsAre() {
        aWorkerServesTheQueue();
        try (PlayedProcess scheduler = PlayedProcess.obedient(links, MemberKind.SCHEDULER, "timekeeper")) {
            Rows.await(
                    "the scheduler is seen",
                    () -> health().path("services").path("schedulers").asInt() > 0);
            JsonNode health = health();

            assertThat(scheduler.obeyed).isEmpty();
            assertThat(health.path("status").asText()).as(health.toString()).isEqualTo("up");
            assertThat(health.path("redis").path("status").asText()).isEqualTo("up");
            assertThat(health.path("postgresql").path("latencyMs").isNumber()).isTrue();
            assertThat(health.path("services").path("workers").asInt()).isEqualTo(1);
            assertThat(health.path("services").path("slots").asInt()).isEqualTo(4);
        }
    }

    private JsonNode health() {
        return client.call("GET", "/api/v1/health").json();
    }
}
