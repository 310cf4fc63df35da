package dev.millrace.api.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operations guide of an OCR backend has its people look for, one after the other: each is found, with what to do. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class OcrDiagnosticsTest {

    @Inject
    Stage stage;

    @Inject
    RedisLink link;

    @Inject
    TaskCatalog catalog;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void nobodyWorks() {
        client = stage.opened(port);
        Rows.change("delete from api.worker");
    }

    @Test
    void brokerThatCannotBeReached() {
        ApiServers.redis().kill();
        try {
            assertThat(awaitBad("redis", "Redis cannot be reached."))
                    .contains("whether it is up", "REDIS_URL", "firewall", "its log");
        } finally {
            ApiServers.redis().restart();
        }
        Rows.await("it is open again", stage::isOpen);
        Rows.await("it is found well", () -> bad("redis", "").isEmpty());
    }

    @Test
    void workersOfWhomThereIsNone() {
        assertThat(awaitBad("workers", "No worker is there.")).contains("Start a worker-service", "REDIS_URL", "log");
        assertThat(diagnosis().path("status").asText()).isEqualTo("bad");
    }

    @Test
    void workersWithoutSlots() {
        work(Map.of());

        assertThat(awaitBad("workers", "None of 1 workers that take jobs has a slot: they serve no queue."))
                .contains("PUT /api/v1/workers/<id>/queues/<queue>", "MILLRACE_WORKER_SERVE");
    }

    @Test
    void routingToAQueueThatNobodyServes() {
        work(Map.of("default", 4));
        catalog.apply(List.of(new FleetEntry(
                new EntryId(30, 0),
                new TaskOffered(
                        "w1",
                        new TaskName("payment.process"),
                        new QueueName("critical"),
                        "",
                        "{}",
                        "{}",
                        ExecutionPolicy.DEFAULT,
                        true))));
        assertThat(client.submit("{\"task\":\"payment.process\",\"payload\":{}}")
                        .status())
                .isEqualTo(202);

        assertThat(awaitBad("queues", "1 jobs wait in the queue 'critical', which no worker serves."))
                .contains("Start a worker that serves it", "/queues/critical");

        work(Map.of("default", 4, "critical", 2));
        Rows.await("it is served", () -> bad("queues", "'critical'").isEmpty());
    }

    @Test
    void queuesInWhichOverAThousandWait() {
        work(Map.of("default", 4, "other", 4));
        submit("other", 1_000);
        Rows.await("they lie there", () -> queue("other").path("ready").asInt() == 1_000);
        assertThat(awaitNewDiagnosis("other")).isEmpty();

        submit("other", 500);

        assertThat(awaitBad("queues", "1500 jobs wait in the queue 'other'."))
                .contains("Start more workers", "slow tasks", "retries");
    }

    /** What is said of a queue by a look that was made after this call. */
    private Optional<String> awaitNewDiagnosis(String queue) {
        String before = diagnosis().path("at").asText();
        Rows.await(
                "a second has passed",
                () -> Instant.parse(diagnosis().path("at").asText())
                        .isAfter(Instant.parse(before).plusMillis(1_500)));
        return bad("queues", "'" + queue + "'");
    }

    private JsonNode diagnosis() {
        return client.call("GET", "/api/v1/diagnostics").json();
    }

    /** The recommendation of a finding that is bad. */
    private Optional<String> bad(String check, String finding) {
        return StreamSupport.stream(diagnosis().path("checks").spliterator(), false)
                .filter(one -> one.path("check").asText().equals(check)
                        && one.path("status").asText().equals("bad")
                        && one.path("finding").asText().contains(finding))
                .map(one -> one.path("recommendation").asText())
                .findFirst();
    }

    private String awaitBad(String check, String finding) {
        Rows.await(finding, () -> bad(check, finding).isPresent());
        return bad(check, finding).orElseThrow();
    }

    private JsonNode queue(String name) {
        return client.call("GET", "/api/v1/queues/" + name).json();
    }

    private void submit(String queue, int jobs) {
        String job = "{\"task\":\"demo.echo\",\"queue\":\"" + queue + "\",\"payload\":{\"value\":1}}";
        assertThat(client.post(
                                "/api/v1/jobs/bulk",
                                "{\"jobs\":[" + String.join(",", Collections.nCopies(jobs, job)) + "]}")
                        .json()
                        .path("accepted")
                        .asInt())
                .isEqualTo(jobs);
    }

    /** A worker lives that has these slots. */
    private void work(Map<String, Integer> slots) {
        Map<QueueName, Integer> joined = new HashMap<>();
        Map<QueueName, Load> loads = new HashMap<>();
        slots.forEach((queue, many) -> {
            joined.put(new QueueName(queue), many);
            loads.put(new QueueName(queue), new Load(many, 0, 0));
        });
        new FleetStream(link)
                .publish(List.of(
                        new Joined("w1", "w1", "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, joined),
                        new Beat("w1", State.RUNNING, 1.5, 1_000, loads, 0)));
        Rows.await("the beat is recorded", () -> Rows.count("api.worker where beat_ms > 0") == 1);
    }
}
