package dev.millrace.api.jobs.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.cancel.Cancels;
import dev.millrace.api.jobs.delete.Deletes;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No worker but the test itself takes jobs here. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class BulkActionsTest {

    private static final String ACTIONS = "/api/v1/bulk-actions";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MANY = 2_000;

    @Inject
    Stage stage;

    @Inject
    Db db;

    @Inject
    Cancels cancels;

    @Inject
    Requeue requeue;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        Rows.change("delete from api.bulk_action");
        client = stage.opened(port);
    }

    @Test
    void cancelsWhatPassesAFilterAndLetsTheOthersGoOn() {
        JobId late = Stage.submitted(client, ",\"delay\":\"PT1H\"");
        JobId queued = Stage.submitted(client, "");
        JobId other = Stage.submitted(client, ",\"tags\":[\"keep\"]");
        Rows.change("update api.job set task = 'kept' where id = '" + other + "'");

        JsonNode action =
                ended(start("\"action\":\"cancel\",\"filter\":{\"task\":\"demo.echo\"},\"reason\":\"recall\""));

        assertThat(action.get("state").asText()).isEqualTo("COMPLETED");
        assertThat(action.get("matched").asInt()).isEqualTo(2);
        assertThat(action.get("done").asInt()).isEqualTo(2);
        for (JobId job : List.of(late, queued)) {
            Stage.awaitState(client, job, JobState.CANCELLED);
            assertThat(Stage.get(client, job).at("/error/message").asText()).isEqualTo("recall");
        }
        assertThat(Stage.get(client, other).get("state").asText()).isEqualTo("QUEUED");
    }

    @Test
    void retriesWhatEndedWithoutSuccess() {
        JobId failed = stage.ended(client, JobState.FAILED);
        JobId timedOut = stage.ended(client, JobState.TIMED_OUT);
        JobId succeeded = stage.ended(client, JobState.SUCCEEDED);

        JsonNode action = ended(start("\"action\":\"retry\",\"filter\":{\"queue\":\"other\"}"));

        assertThat(action.get("done").asInt()).isEqualTo(2);
        assertThat(Stream.of(stage.taken(), stage.taken()).map(one -> one.job().id()))
                .containsExactlyInAnyOrder(failed, timedOut);
        assertThat(Stage.letters(client, failed)).isEmpty();
        assertThat(Stage.get(client, succeeded).get("run").asInt()).isEqualTo(1);
    }

    @Test
    void deletesTheJobsThatAreNamedAndTellsWhyOthersAreNot() {
        JobId ended = stage.ended(client, JobState.SUCCEEDED);
        JobId foreign = stage.ended(client, JobState.SUCCEEDED);
        JobId live = Stage.submitted(client, "");
        Rows.change("update api.job set tenant = 'other' where id = '" + foreign + "'");

        JsonNode action =
                ended(start("\"action\":\"delete\",\"ids\":[\"%s\",\"%s\",\"%s\"]".formatted(ended, live, foreign)));

        assertThat(action.get("ids").asInt()).isEqualTo(3);
        assertThat(action.get("done").asInt()).isEqualTo(1);
        assertThat(action.get("failed").asInt()).isEqualTo(2);
        assertThat(action.get("failures").findValuesAsText("detail"))
                .containsExactlyInAnyOrder("The job is QUEUED.", "There is no such job.");
        assertThat(client.call("GET", "/api/v1/jobs/" + ended).status()).isEqualTo(404);
        assertThat(Rows.count("api.job where tenant = 'other' and result is not null"))
                .isEqualTo(1);
    }

    @Test
    void aDryRunCountsAndDoesNothing() {
        fail(3);

        Reply byState =
                client.post(ACTIONS, "{\"action\":\"retry\",\"filter\":{\"state\":\"FAILED\"},\"dryRun\":true}");
        Reply byTime = client.post(
                ACTIONS,
                "{\"action\":\"delete\",\"filter\":{\"createdAfter\":\"2026-01-01T00:00:00Z\"},\"dryRun\":true}");

        assertThat(byState.status()).isEqualTo(200);
        assertThat(byState.json().toString()).isEqualTo("{\"matched\":3,\"complete\":true}");
        assertThat(byTime.json()).isEqualTo(byState.json());
        assertThat(Rows.count("api.bulk_action")).isZero();
        assertThat(Rows.count("api.job where state = 'FAILED'")).isEqualTo(3);
    }

    @Test
    void I42_doesItToEachJobOnceHoweverManyInstancesThereAre() {
        fail(MANY);
        String action = start("\"action\":\"retry\",\"filter\":{\"queue\":\"other\"}");

        List<CompletableFuture<Void>> others = Stream.of(1, 2)
                .map(i -> CompletableFuture.runAsync(() -> work(new ActionPages(db, cancels, requeue))))
                .toList();
        JsonNode ended = ended(action);
        others.forEach(CompletableFuture::join);

        assertThat(ended.get("done").asInt()).isEqualTo(MANY);
        assertThat(ended.get("skipped").asInt()).isZero();
        assertThat(Rows.count("api.job where run = 2")).isEqualTo(MANY);
    }

    @Test
    void I42_whatAnInstanceDidNotCommitAnotherDoes() {
        JobId job = stage.ended(client, JobState.SUCCEEDED);
        Rows.change(
                "insert into api.bulk_action (id, tenant, kind, ids, asked_by) values (gen_random_uuid(), 'default',"
                        + " 'delete', array['" + job + "']::uuid[], 'test')");
        assertThatThrownBy(() -> db.transaction(LIMIT, tx -> {
                    ActionRows.next(tx, 10).ifPresent(action -> Deletes.delete(tx, action.tenant(), action.idsLeft()));
                    throw new IllegalStateException("It dies here.");
                }))
                .hasMessage("It dies here.");

        Rows.await("it is done", () -> Rows.count("api.bulk_action where state = 'COMPLETED' and done = 1") == 1);
        assertThat(client.call("GET", "/api/v1/jobs/" + job).status()).isEqualTo(404);
    }

    @Test
    void goesNoFurtherOnceItIsAborted() {
        fail(1);
        Rows.change("insert into api.bulk_action (id, tenant, kind, filter, states_left, asked_by, turn_at) values"
                + " (gen_random_uuid(), 'default', 'retry', '{\"queue\":\"none\"}', array['FAILED'], 'test', now())");
        String id = client.call("GET", ACTIONS).json().at("/items/0/id").asText();

        Reply first = client.post(ACTIONS + "/" + id + "/abort", "");
        Reply again = client.post(ACTIONS + "/" + id + "/abort", "");

        assertThat(first.status()).isIn(200, 409);
        assertThat(again.problem()).isEqualTo("conflict");
        assertThat(client.call("GET", ACTIONS + "/" + id)
                        .json()
                        .get("finishedAt")
                        .isNull())
                .isFalse();
    }

    @Test
    void listsTheNewestFirst() {
        String first = start("\"action\":\"cancel\",\"filter\":{\"queue\":\"none\"}");
        String second = start("\"action\":\"cancel\",\"filter\":{\"queue\":\"none\"}");

        JsonNode page = client.call("GET", ACTIONS + "?limit=1").json();
        JsonNode next = client.call(
                        "GET",
                        ACTIONS + "?limit=1&cursor=" + page.get("nextCursor").asText())
                .json();

        assertThat(page.at("/items/0/id").asText()).isEqualTo(second);
        assertThat(next.at("/items/0/id").asText()).isEqualTo(first);
        assertThat(next.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void I29_ofAnothersSaysThatThereIsNone() {
        String id = start("\"action\":\"cancel\",\"filter\":{\"queue\":\"none\"}");
        Rows.change("update api.bulk_action set tenant = 'other'");

        for (String unknown : List.of(id, UUID.randomUUID().toString(), "x")) {
            assertThat(client.call("GET", ACTIONS + "/" + unknown).status()).isEqualTo(404);
            assertThat(client.post(ACTIONS + "/" + unknown + "/abort", "").status())
                    .isEqualTo(404);
        }
        assertThat(client.call("GET", ACTIONS).json().get("items")).isEmpty();
    }

    @Test
    void refusesWhatSaysNotWhichJobsOrNotWhatToDo() {
        for (String body : List.of(
                "{}",
                "{\"action\":\"cancel\"}",
                "{\"action\":\"stop\",\"filter\":{\"queue\":\"q\"}}",
                "{\"action\":\"cancel\",\"filter\":{}}",
                "{\"action\":\"cancel\",\"filter\":{\"queue\":null}}",
                "{\"action\":\"cancel\",\"filter\":{\"queue\":\"\"}}",
                "{\"action\":\"cancel\",\"filter\":{\"state\":\"FAILED\"}}",
                "{\"action\":\"retry\",\"filter\":{\"state\":\"SUCCEEDED\"}}",
                "{\"action\":\"cancel\",\"filter\":{\"queue\":\"q\"},\"ids\":[\"" + UUID.randomUUID() + "\"]}",
                "{\"action\":\"cancel\",\"ids\":[]}",
                "{\"action\":\"cancel\",\"ids\":[\"x\"]}",
                "{\"action\":\"delete\",\"filter\":{\"queue\":\"q\"},\"reason\":\"r\"}",
                "[]")) {
            assertThat(client.post(ACTIONS, body).status()).as(body).isEqualTo(422);
        }
        assertThat(client.post(ACTIONS, "{\"action\":\"cancel\",\"all\":true}").problem())
                .isEqualTo("unknown-field");
        assertThat(client.post(ACTIONS, "{\"action\":\"cancel\",\"filter\":{\"tenant\":\"other\"}}")
                        .problem())
                .isEqualTo("unknown-field");
        assertThat(Rows.count("api.bulk_action")).isZero();
    }

    private static void work(ActionPages pages) {
        while (Rows.count("api.bulk_action where state = 'RUNNING'") > 0) {
            pages.pageOnce();
        }
    }

    /** Jobs that failed, without dead letters. */
    private static void fail(int count) {
        Rows.change("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, position, ended_position,
                    finished_at, error_type, created_at)
                select gen_random_uuid(), 'default', 'demo.echo', 'other', 5, '{"value":1}', '\\x00', 'FAILED', p, p, now(), 'Boom',
                    now() - interval '1 minute'
                from generate_series(1, %d) i,
                    lateral (select decode('0001000000010001' || '03' || lpad(to_hex(i), 32, '0'), 'hex') p) q""".formatted(count));
    }

    private String start(String fields) {
        Reply reply = client.post(ACTIONS, "{" + fields + "}");
        assertThat(reply.status()).isEqualTo(202);
        String id = reply.json().get("id").asText();
        assertThat(reply.header("Location")).isEqualTo(ACTIONS + "/" + id);
        return id;
    }

    private JsonNode ended(String id) {
        Rows.await("it has ended", () -> !get(id).get("finishedAt").isNull());
        return get(id);
    }

    private JsonNode get(String id) {
        return client.call("GET", ACTIONS + "/" + id).json();
    }
}
