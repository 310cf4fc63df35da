package dev.millrace.api.catalog.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlAction.PoolChange;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.job.QueueName;
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
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service, with workers that do as they are told, and one that does not read. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class ControlTest {

    private static final String WORKERS = "/api/v1/workers/";

    @Inject
    Stage stage;

    @Inject
    RedisLinks links;

    @Inject
    RedisLink link;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;
    private PlayedProcess one;
    private PlayedProcess two;
    private PlayedProcess scheduler;

    @BeforeEach
    void workersAreThere() {
        client = stage.opened(port);
        Rows.change("delete from api.worker");
        for (String id : List.of("one", "two", "silent")) {
            new FleetStream(link)
                    .publish(List.of(
                            new Joined(id, id + "-name", "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of()),
                            new Beat(id, State.RUNNING, 1.5, 1_000, Map.of(Stage.OTHER, new Load(9, 0, 0)), 0)));
        }
        Rows.await("the beats are recorded", () -> Rows.count("api.worker where beat_ms > 0") == 3);
        one = PlayedProcess.worker(links, "one");
        two = PlayedProcess.worker(links, "two");
        scheduler = PlayedProcess.obedient(links, MemberKind.SCHEDULER, "timekeeper");
    }

    @AfterEach
    void theyLeave() {
        one.close();
        two.close();
        scheduler.close();
    }

    private Reply tell(String method, String path) {
        return client.call(method, WORKERS + path);
    }

    private Reply tellSeveral(String body) {
        return client.post("/api/v1/control", body);
    }

    @Test
    void answersWhatTheWorkerRepliesAndShowsItFromThenOn() {
        Reply reply = tell("POST", "one/drain");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("outcome").asText()).isEqualTo("done");
        assertThat(reply.json().path("detail").asText()).isEqualTo("It has done so.");
        assertThat(reply.json().path("state").asText()).isEqualTo("draining");
        assertThat(reply.json().path("queues").toString())
                .isEqualTo("[{\"name\":\"other\",\"concurrency\":2,\"running\":1,\"held\":1,\"shared\":false}]");
        JsonNode shown = tell("GET", "one").json();
        assertThat(shown.path("state").asText()).isEqualTo("draining");
        assertThat(shown.path("queues")).isEqualTo(reply.json().path("queues"));
        assertThat(two.obeyed).isEmpty();
    }

    @Test
    void tellsWhatIsAskedForToTheWorkerThatIsMeantByItsIdOrName() {
        assertThat(tell("POST", "one-name/ping").status()).isEqualTo(200);
        assertThat(tell("POST", "one/resume").status()).isEqualTo(202);
        assertThat(tell("POST", "one/shutdown").status()).isEqualTo(202);
        assertThat(tell("PUT", "one/queues/mail").status()).isEqualTo(202);
        assertThat(tell("DELETE", "one/queues/other").status()).isEqualTo(202);

        assertThat(one.obeyed)
                .containsExactly(
                        new Ping(),
                        new Resume(),
                        new Shutdown(),
                        new Serve(new QueueName("mail")),
                        new Leave(Stage.OTHER));
    }

    @Test
    void saysWhatAWorkerRefuses() {
        Reply reply = client.post(WORKERS + "one/pool", "{\"op\":\"grow\",\"n\":2}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.problem()).isEqualTo("conflict");
        assertThat(reply.json().path("detail").asText()).isEqualTo("It cannot.");
        assertThat(one.obeyed).containsExactly(new Pool(PoolChange.GROW, 2, Optional.empty()));
    }

    @Test
    void saysThatAWorkerDoesNotReply() {
        Reply reply = tell("POST", "silent/ping");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.problem()).isEqualTo("no-reply");
    }

    @Test
    void listsWhoRepliedOfSeveral() {
        Reply reply = tellSeveral("{\"command\":\"drain\",\"every\":true}");

        assertThat(reply.status()).isEqualTo(202);
        JsonNode json = reply.json();
        assertThat(json.path("done").asInt()).isEqualTo(2);
        assertThat(json.path("silent").asInt()).isEqualTo(1);
        assertThat(json.path("items").findValuesAsText("id")).containsExactly("one", "silent", "two");
        assertThat(json.path("items").findValuesAsText("outcome")).containsExactly("done", "silent", "done");
        assertThat(one.obeyed).containsExactly(new Drain());
        assertThat(two.obeyed).containsExactly(new Drain());
    }

    @Test
    void tellsThoseThatAreNamedAndNobodyIfOneIsUnknown() {
        Reply both = tellSeveral(
                "{\"command\":\"pool\",\"op\":\"set\",\"n\":3,\"queue\":\"other\",\"workers\":[\"one\",\"two-name\"]}");
        assertThat(both.json().path("refused").asInt()).isEqualTo(2);

        assertThat(tellSeveral("{\"command\":\"ping\",\"workers\":[\"one\",\"nobody\"]}")
                        .status())
                .isEqualTo(404);
        assertThat(tell("POST", "nobody/ping").status()).isEqualTo(404);
        assertThat(one.obeyed).containsExactly(new Pool(PoolChange.SET, 3, Optional.of(Stage.OTHER)));
    }

    @Test
    void saysThatNoneOfSeveralReplies() {
        assertThat(tellSeveral("{\"command\":\"ping\",\"workers\":[\"silent\"]}")
                        .status())
                .isEqualTo(504);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command\":\"dance\",\"every\":true} | /command",
                "{\"every\":true} | /command",
                "{\"command\":\"ping\"} | /workers",
                "{\"command\":\"ping\",\"every\":true,\"workers\":[\"one\"]} | /workers",
                "{\"command\":\"ping\",\"workers\":[]} | /workers",
                "{\"command\":\"ping\",\"workers\":[\"a b\"]} | /workers",
                "{\"command\":\"ping\",\"every\":false} | /every",
                "{\"command\":\"ping\",\"every\":true,\"n\":1} | /n",
                "{\"command\":\"pool\",\"every\":true,\"n\":1} | /op",
                "{\"command\":\"pool\",\"every\":true,\"op\":\"double\",\"n\":1} | /op",
                "{\"command\":\"pool\",\"every\":true,\"op\":\"set\",\"n\":0} | /n",
                "{\"command\":\"pool\",\"every\":true,\"op\":\"set\",\"n\":1001} | /n",
                "{\"command\":\"serve\",\"every\":true} | /queue",
                "{\"command\":\"serve\",\"every\":true,\"queue\":\"a b\"} | /queue",
            })
    void refusesACommandThatIsNone(String body, String pointer) {
        Reply reply = tellSeveral(body);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).contains(pointer);
        assertThat(one.obeyed).isEmpty();
    }

    @Test
    void refusesAQueueThatIsNoName() {
        assertThat(tell("PUT", "one/queues/a%20b").status()).isEqualTo(422);
        assertThat(client.post(WORKERS + "one/ping", "{\"force\":true}").status())
                .isEqualTo(400);
        assertThat(one.obeyed).isEmpty();
    }

    private List<String> schedulers() {
        return client.call("GET", "/api/v1/schedulers").json().path("items").findValuesAsText("id");
    }

    @Test
    void listsSchedulersAndHearsThem() {
        Rows.await("the scheduler is seen", () -> schedulers().contains("timekeeper"));
        assertThat(schedulers()).doesNotContain("one");

        Reply reply = client.call("POST", "/api/v1/schedulers/timekeeper/ping");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("state").isNull()).isTrue();
        assertThat(client.call("POST", "/api/v1/schedulers/one/ping").status()).isEqualTo(404);
    }
}
