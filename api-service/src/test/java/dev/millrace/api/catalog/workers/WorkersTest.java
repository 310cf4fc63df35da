package dev.millrace.api.catalog.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.job.QueueName;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.RedisLink;
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

/** The service, whose test plays a worker that is called as the service itself is as a consumer. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class WorkersTest {

    private static final QueueName OTHER = Stage.OTHER;
    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";

    @Inject
    Stage stage;

    @Inject
    JobStreams streams;

    @Inject
    RedisLink link;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aWorkerIsThere() {
        client = stage.opened(port);
        Rows.change("delete from api.worker where id = 'api'");
        new FleetStream(link)
                .publish(List.of(
                        new Joined("api", "mailer", "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of(OTHER, 4)),
                        new Beat("api", WorkerEvent.State.RUNNING, 1.5, 1_000, Map.of(OTHER, new Load(4, 1, 2)), 0)));
        Rows.await("the beat is recorded", () -> Rows.count("api.worker where id = 'api' and beat_ms > 0") == 1);
    }

    @Test
    void showsAWorkerByItsIdAndByItsName() {
        JsonNode worker = client.call("GET", "/api/v1/workers/api").json();

        assertThat(worker.path("state").asText()).isEqualTo("running");
        assertThat(worker.path("queues").toString())
                .isEqualTo("[{\"name\":\"other\",\"concurrency\":4,\"running\":1,\"held\":2,\"shared\":false}]");
        assertThat(client.call("GET", "/api/v1/workers/mailer")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo("api");
        assertThat(client.call("GET", "/api/v1/workers/nobody").status()).isEqualTo(404);
    }

    @Test
    void listsWorkersPageByPage() {
        JsonNode first = client.call("GET", "/api/v1/workers?limit=1").json();
        assertThat(first.path("items").get(0).path("id").asText()).isEqualTo("api");
        JsonNode rest = client.call(
                        "GET",
                        "/api/v1/workers?cursor=" + first.path("nextCursor").asText("api"))
                .json();

        assertThat(ids(rest)).doesNotContain("api");
        assertThat(ids(client.call("GET", "/api/v1/workers?state=gone").json())).doesNotContain("api");
        assertThat(client.call("GET", "/api/v1/workers?state=lazy").status()).isEqualTo(400);
    }

    @Test
    void listsTheJobsThatAWorkerHas() {
        String held = client.submit(JOB).json().path("id").asText();
        Rows.await("a job is there to be taken", () -> !streams.take(OTHER, 1).isEmpty());
        String waiting = client.submit(JOB).json().path("id").asText();

        assertThat(ids(client.call("GET", "/api/v1/workers/mailer/jobs").json()))
                .contains(held)
                .doesNotContain(waiting);
        assertThat(client.call("GET", "/api/v1/workers/nobody/jobs").status()).isEqualTo(404);
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false)
                .map(item -> item.path("id").asText())
                .toList();
    }
}
