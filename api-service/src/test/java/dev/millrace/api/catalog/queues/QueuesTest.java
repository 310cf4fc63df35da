package dev.millrace.api.catalog.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.loop.Loop;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.FleetStream;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service, whose test plays the workers. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class QueuesTest {

    private static final QueueName OTHER = Stage.OTHER;
    private static final String QUEUE = "/api/v1/queues/other";

    @Inject
    Stage stage;

    @Inject
    JobStreams streams;

    @Inject
    RedisLink link;

    @Inject
    StreamNames names;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void nothingIsSet() {
        Rows.change("delete from api.queue_setting");
        client = stage.opened(port);
        Rows.await("nothing is paused", () -> streams.paused(List.of(OTHER)).isEmpty());
    }

    @AfterEach
    void resume() {
        client.post(QUEUE + "/resume", "");
    }

    @Test
    void listsQueuesPageByPage() {
        JsonNode all = client.call("GET", "/api/v1/queues").json();
        assertThat(names(all)).contains("default", "mail", "other");

        JsonNode first = client.call("GET", "/api/v1/queues?limit=1").json();
        JsonNode rest = client.call(
                        "GET",
                        "/api/v1/queues?cursor=" + first.path("nextCursor").asText())
                .json();
        assertThat(names(first)).containsExactly(names(all).getFirst());
        assertThat(names(rest)).isEqualTo(names(all).subList(1, names(all).size()));
    }

    @Test
    void knowsNoQueueOfWhichNobodyHeard() {
        for (String path : List.of("/api/v1/queues/nobody", "/api/v1/queues/nobody/backlog", "/api/v1/queues/%20")) {
            assertThat(client.call("GET", path).status()).as(path).isEqualTo(404);
        }
        assertThat(client.post("/api/v1/queues/nobody/pause", "").status()).isEqualTo(404);
    }

    @Test
    void tellsWhatThereIsToDo() {
        for (int i = 0; i < 3; i++) {
            Stage.submitted(client, "");
        }
        Stage.submitted(client, ",\"delay\":\"PT30S\"");
        Stage.submitted(client, ",\"delay\":\"PT1H\"");
        stage.taken();

        Rows.await(
                "all are there",
                () -> client.call("GET", QUEUE + "/backlog")
                        .http()
                        .body()
                        .equals("{\"outstanding\":3,\"ready\":2,\"running\":1,\"dueSoon\":1}"));
        JsonNode queue = client.call("GET", QUEUE).json();
        assertThat(queue.path("ready").asLong()).isEqualTo(2);
        assertThat(queue.path("running").asLong()).isEqualTo(1);
        assertThat(queue.path("scheduled").asLong()).isEqualTo(2);
        assertThat(queue.path("oldestAgeMs").isNumber()).isTrue();
    }

    @Test
    void countsWhatIsParkedAmongWhatIsReady() {
        Stage.submitted(client, "");
        Rows.await("it is there", () -> backlog("ready") == 1);
        Rows.change("update api.job set parked = 'normal' where id = '" + insertedJob() + "'");

        assertThat(backlog("ready")).isEqualTo(2);
        assertThat(backlog("outstanding")).isEqualTo(2);
    }

    @Test
    void countsOpenDeadLetters() {
        stage.ended(client, JobState.FAILED);

        assertThat(client.call("GET", QUEUE).json().path("dead").asLong()).isEqualTo(1);
    }

    @Test
    void tellsWhoServesItAndWithHowManySlots() {
        new FleetStream(link)
                .publish(List.of(
                        new Joined("w7", "w7", "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of(OTHER, 5)),
                        new Joined("w8", "w8", "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of(OTHER, 7)),
                        new Beat("w8", WorkerEvent.State.DRAINING, 0, 0, Map.of(OTHER, new Load(7, 0, 0)), 0)));
        Rows.await(
                "both are heard of",
                () -> Rows.count("api.worker where id in ('w7', 'w8') and queues is not null") == 2);
        Rows.change("update api.worker set gone = true where id not in ('w7', 'w8')");

        JsonNode queue = client.call("GET", QUEUE).json();

        assertThat(queue.path("consumers").asInt()).isEqualTo(1);
        assertThat(queue.path("concurrency").asInt()).isEqualTo(5);
        Rows.change("delete from api.worker where id in ('w7', 'w8')");
    }

    @Test
    void I39_startsNothingOfAPausedQueueUntilItIsResumed() {
        Reply paused = client.post(QUEUE + "/pause", "{\"reason\":\"moving\"}");
        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(paused.json().path("pauseReason").asText()).isEqualTo("moving");
        String since = paused.json().path("pausedAt").asText();
        Stage.submitted(client, "");
        Rows.await("it is there", () -> backlog("ready") == 1);
        assertThat(streams.take(OTHER, 1)).isEmpty();

        Reply again = client.post(QUEUE + "/pause", "");
        assertThat(again.json().path("pausedAt").asText()).isEqualTo(since);
        assertThat(again.json().path("pauseReason").isNull()).isTrue();

        Reply resumed = client.post(QUEUE + "/resume", "");
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.json().path("paused").asBoolean()).isFalse();
        assertThat(streams.take(OTHER, 1)).hasSize(1);
    }

    @Test
    void I39_startsNothingOfAPausedQueueWhenRedisLosesEverything() {
        client.post(QUEUE + "/pause", "");
        for (int i = 0; i < 20; i++) {
            Stage.submitted(client, "");
        }
        Rows.await("all are there", () -> backlog("ready") == 20);
        AtomicInteger taken = new AtomicInteger();
        Loop taker = Loop.start("taker", () -> take(taken), Duration.ZERO, System::nanoTime);
        try {
            stage.emptyRedis();
            Rows.await("all are back", () -> backlog("ready") == 20);
        } finally {
            taker.stop(Duration.ofSeconds(5));
        }

        assertThat(taken).hasValue(0);
        assertThat(client.call("GET", QUEUE).json().path("paused").asBoolean()).isTrue();
    }

    private Duration take(AtomicInteger taken) {
        try {
            taken.addAndGet(streams.take(OTHER, 1).size());
        } catch (StreamsUnavailable cold) {
            return Duration.ZERO;
        }
        return Duration.ZERO;
    }

    @Test
    void I39_putsBackIntoRedisWhatIsMissingThereAndTakesAwayWhatNobodySet() {
        client.post(QUEUE + "/pause", "");
        link.call(Request.cmd(Command.DEL).arg(names.paused(OTHER)));
        Rows.await("it is paused again", () -> streams.paused(List.of(OTHER)).contains(OTHER));

        Rows.change("delete from api.queue_setting");
        Rows.await(
                "it is not paused any more",
                () -> streams.paused(List.of(OTHER)).isEmpty());
    }

    @Test
    void I39_pausesLaterWhatItCannotPauseWhileRedisIsAway() {
        ApiServers.redis().kill();
        Reply paused;
        try {
            paused = client.post(QUEUE + "/pause", "");
        } finally {
            ApiServers.redis().restart();
        }

        assertThat(paused.status()).isEqualTo(202);
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(paused.json().path("ready").isNull()).isTrue();
        Rows.await("Redis is open", stage::isOpen);
        Rows.await("it is paused", () -> streams.paused(List.of(OTHER)).contains(OTHER));
    }

    @Test
    void hasNoNumbersForAutoscalersWhileRedisIsAway() {
        ApiServers.redis().kill();
        try {
            assertThat(client.call("GET", QUEUE + "/backlog").status()).isEqualTo(503);
        } finally {
            ApiServers.redis().restart();
        }
        Rows.await("Redis is open", stage::isOpen);
    }

    @Test
    void givesJobsThatNameNoPriorityThatOfTheirQueue() {
        Reply set = client.send("PATCH", QUEUE, "{\"priority\":9}", "If-Match", "\"0\"");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.header("ETag")).isEqualTo("\"1\"");
        assertThat(set.json().path("priority").asInt()).isEqualTo(9);

        assertThat(priority(Stage.submitted(client, ""))).isEqualTo(9);
        assertThat(priority(Stage.submitted(client, ",\"priority\":2"))).isEqualTo(2);
        assertThat(client.send("PATCH", QUEUE, "{\"priority\":null}")
                        .json()
                        .path("priority")
                        .asInt())
                .isEqualTo(5);
        assertThat(priority(Stage.submitted(client, ""))).isEqualTo(5);
    }

    @Test
    void changesNothingThatHasChangedSince() {
        client.send("PATCH", QUEUE, "{\"priority\":9}");

        Reply stale = client.send("PATCH", QUEUE, "{\"priority\":1}", "If-Match", "\"0\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(client.call("GET", QUEUE).json().path("priority").asInt()).isEqualTo(9);
        assertThat(client.send("PATCH", QUEUE, "{}", "If-Match", "\"1\"").header("ETag"))
                .isEqualTo("\"1\"");
        assertThat(client.send("PATCH", QUEUE, "{\"priority\":9}").header("ETag"))
                .isEqualTo("\"1\"");
    }

    @Test
    void tellsWorkersTheSlotsThatAreSetAndTellsThemAgainWhatRedisHasLost() {
        QueueSlots told = new QueueSlots(link);
        Reply set = client.send("PATCH", QUEUE, "{\"slots\":7}", "If-Match", "\"0\"");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json().path("slots").asInt()).isEqualTo(7);
        assertThat(set.json().path("priority").asInt()).isEqualTo(5);
        assertThat(told.read()).hasValue(Map.of(OTHER, 7));

        client.send("PATCH", QUEUE, "{\"priority\":9}");
        assertThat(client.call("GET", QUEUE).json().path("slots").asInt()).isEqualTo(7);
        stage.emptyRedis();
        Rows.await("Redis knows again", () -> told.read().equals(Optional.of(Map.of(OTHER, 7))));

        assertThat(client.send("PATCH", QUEUE, "{\"slots\":1}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(client.send("PATCH", QUEUE, "{\"slots\":null}")
                        .json()
                        .path("slots")
                        .isNull())
                .isTrue();
        assertThat(told.read()).hasValue(Map.of());
    }

    @Test
    void refusesASettingThatIsNone() {
        assertThat(client.send("PATCH", QUEUE, "{\"slots\":0}").status()).isEqualTo(422);
        assertThat(client.send("PATCH", QUEUE, "{\"slots\":1001}").status()).isEqualTo(422);
        assertThat(client.send("PATCH", QUEUE, "{\"priority\":11}").status()).isEqualTo(422);
        assertThat(client.send("PATCH", QUEUE, "{\"priority\":\"high\"}").status())
                .isEqualTo(422);
        assertThat(client.send("PATCH", QUEUE, "{\"prio\":1}").status()).isEqualTo(400);
        assertThat(client.post(QUEUE + "/pause", "{\"reason\":\"" + "x".repeat(1025) + "\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void I38_purgesWhatWaitsAndNothingThatAWorkerHas() {
        Stage.submitted(client, "");
        Delivery held = stage.taken();
        JobId delayed = Stage.submitted(client, ",\"delay\":\"PT1H\"");
        bulk(600);
        String parked = insertedJob();
        Rows.change("update api.job set parked = 'normal' where id = '" + parked + "'");
        String foreign = insertedJob();
        Rows.change("update api.job set tenant = 'acme' where id = '" + foreign + "'");

        Reply reply = client.post(QUEUE + "/purge", "{\"confirm\":\"other\"}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.http().body()).isEqualTo("{\"purged\":601,\"complete\":true}");
        Rows.await("all have ended", () -> Rows.count("api.job where state = 'CANCELLED'") == 601);
        assertThat(Stage.get(client, delayed).path("state").asText()).isEqualTo("SCHEDULED");
        assertThat(Rows.count("api.job where id = '" + foreign + "' and state = 'QUEUED'"))
                .isEqualTo(1);
        stage.end(held, JobState.SUCCEEDED);
        Stage.awaitState(client, held.job().id(), JobState.SUCCEEDED);
    }

    @Test
    void I38_purgesWhatWaitsForATimeOnlyIfThatIsAskedFor() {
        JobId delayed = Stage.submitted(client, ",\"delay\":\"PT1H\"");
        JobId later = Stage.submitted(client, ",\"delay\":\"PT2M\"");
        Rows.await("it waits in Redis", () -> stage.placeOf(later).equals("d"));

        Reply reply = client.post(QUEUE + "/purge", "{\"confirm\":\"other\",\"delayed\":true}");

        assertThat(reply.json().path("purged").asInt()).isEqualTo(2);
        Stage.awaitState(client, delayed, JobState.CANCELLED);
        Stage.awaitState(client, later, JobState.CANCELLED);
    }

    @Test
    void purgesNothingWithoutTheNameOfTheQueue() {
        Stage.submitted(client, "");

        assertThat(client.post(QUEUE + "/purge", "{}").status()).isEqualTo(422);
        assertThat(client.post(QUEUE + "/purge", "{\"confirm\":\"mail\"}").status())
                .isEqualTo(422);
        assertThat(Rows.count("api.job where finished_at is null")).isEqualTo(1);
    }

    private void bulk(int jobs) {
        String job = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";
        client.post("/api/v1/jobs/bulk", "{\"jobs\":[" + (job + ",").repeat(jobs - 1) + job + "]}");
        Rows.await("all are there", () -> backlog("ready") == jobs);
    }

    /** A job that is nowhere but in the record. */
    private static String insertedJob() {
        String id = UUID.randomUUID().toString();
        Rows.change("insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state)" + " values ('"
                + id + "', 'default', 'demo.echo', 'other', 5, '{\"value\":1}', '\\x00', 'QUEUED')");
        return id;
    }

    private int priority(JobId job) {
        return Stage.get(client, job).path("priority").asInt();
    }

    private long backlog(String number) {
        return client.call("GET", QUEUE + "/backlog").json().path(number).asLong();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false)
                .map(item -> item.path("name").asText())
                .toList();
    }
}
