package dev.millrace.api.jobs.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class DeadLettersTest {

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final int MANY = 10_000;

    @Inject
    Stage stage;

    @Inject
    Db db;

    @Inject
    Requeue requeue;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
    }

    @Test
    void showsWhatAFailedJobLeftAsSoonAsItShowsTheFailure() {
        JobId job = stage.ended(client, JobState.FAILED);

        JsonNode letter = Stage.letters(client, job).get(0);

        assertThat(letter.get("task").asText()).isEqualTo("demo.echo");
        assertThat(letter.get("queue").asText()).isEqualTo("other");
        assertThat(letter.get("payload").toString()).isEqualTo("{\"value\":1}");
        assertThat(letter.get("error").toString())
                .isEqualTo("{\"type\":\"Boom\",\"message\":\"it broke\",\"stackTrace\":\"at line 1\"}");
        assertThat(letter.get("attempts").asInt()).isEqualTo(1);
        assertThat(letter.get("failedAt")).isEqualTo(Stage.get(client, job).get("finishedAt"));
        assertThat(letter.get("tenant").asText()).isEqualTo("default");
        assertThat(client.call("GET", LETTERS + "/" + id(job)).json()).isEqualTo(letter);
        assertThat(Stage.get(client, job).get("deadLetter").asBoolean()).isTrue();
    }

    @Test
    void aTimedOutJobLeavesOneAndOtherEndsDoNot() {
        for (JobState end : List.of(JobState.TIMED_OUT, JobState.CANCELLED, JobState.EXPIRED, JobState.SUCCEEDED)) {
            JobId job = stage.ended(client, end);
            int left = end == JobState.TIMED_OUT ? 1 : 0;
            assertThat(Stage.letters(client, job)).as(end.name()).hasSize(left);
            assertThat(Stage.get(client, job).get("deadLetter").asBoolean()).isEqualTo(left == 1);
        }
    }

    @Test
    void isRequeuedOnceAndTheJobHasNoneWhileItLives() {
        JobId job = stage.ended(client, JobState.FAILED);
        String letter = id(job);

        Reply reply = client.post(LETTERS + "/" + letter + "/requeue", "{\"payload\":{\"value\":2}}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("id").asText()).isEqualTo(job.toString());
        assertThat(reply.json().at("/payload/value").asInt()).isEqualTo(2);
        assertThat(reply.json().get("deadLetter").asBoolean()).isFalse();
        JsonNode closed = client.call("GET", LETTERS + "/" + letter).json();
        assertThat(closed.get("requeuedAt").isNull()).isFalse();
        assertThat(closed.at("/payload/value").asInt()).isEqualTo(1);
        assertThat(client.post(LETTERS + "/" + letter + "/requeue", "").problem())
                .isEqualTo("conflict");
        assertThat(client.call("DELETE", LETTERS + "/" + letter).problem()).isEqualTo("conflict");
        assertThat(Stage.letters(client, job)).isEmpty();
        stage.end(stage.taken(), JobState.TIMED_OUT);
        Stage.awaitState(client, job, JobState.TIMED_OUT);
        assertThat(id(job)).isNotEqualTo(letter);
    }

    @Test
    void aRetryOfItsJobClosesIt() {
        JobId job = stage.ended(client, JobState.FAILED);
        String letter = id(job);

        client.post("/api/v1/jobs/" + job + "/retry", "");

        assertThat(client.post(LETTERS + "/" + letter + "/requeue", "").status())
                .isEqualTo(409);
    }

    @Test
    void isResolvedAndThenOnlyItsJobCanBeRetried() {
        JobId job = stage.ended(client, JobState.FAILED);
        String letter = id(job);

        assertThat(client.call("DELETE", LETTERS + "/" + letter).status()).isEqualTo(204);
        JsonNode resolved = client.call("GET", LETTERS + "/" + letter).json();
        assertThat(client.call("DELETE", LETTERS + "/" + letter).status()).isEqualTo(204);

        assertThat(client.call("GET", LETTERS + "/" + letter).json()).isEqualTo(resolved);
        assertThat(resolved.get("resolvedAt").isNull()).isFalse();
        assertThat(Stage.letters(client, job)).isEmpty();
        assertThat(list("?resolved=true&jobId=" + job)).hasSize(1);
        assertThat(client.post(LETTERS + "/" + letter + "/requeue", "").problem())
                .isEqualTo("conflict");
        assertThat(client.post("/api/v1/jobs/" + job + "/retry", "").status()).isEqualTo(202);
    }

    @Test
    void I29_ofWhatIsUnknownOrAnothersSaysThatThereIsNone() {
        JobId job = stage.ended(client, JobState.FAILED);
        String foreign = id(job);
        Rows.change("update api.dead_letter set tenant = 'other' where id = '" + foreign + "'");

        for (String id : List.of(foreign, UUID.randomUUID().toString(), "x")) {
            assertThat(client.call("GET", LETTERS + "/" + id).status()).isEqualTo(404);
            assertThat(client.call("DELETE", LETTERS + "/" + id).status()).isEqualTo(404);
            assertThat(client.post(LETTERS + "/" + id + "/requeue", "").status())
                    .isEqualTo(404);
        }
        assertThat(list("")).isEmpty();
        assertThat(requeue("\"limit\":10").toString()).isEqualTo("{\"matched\":0,\"requeued\":0}");
    }

    @Test
    void listsByWhatIsAskedFor() {
        fail(3, "a.task", "default", "Boom");
        fail(2, "b.task", "other", "Bang");

        assertThat(list("")).hasSize(5);
        assertThat(list("?task=a.task")).hasSize(3);
        assertThat(list("?queue=other")).hasSize(2);
        assertThat(list("?errorType=Bang&task=a.task")).isEmpty();
        assertThat(list("?failedAfter=2026-01-01T00:00:01Z")).hasSize(1);
        assertThat(list("?failedBefore=2026-01-01T00:00:01Z")).hasSize(2);
        assertThat(list("?resolved=true")).isEmpty();
        assertThat(list("?resolved=false")).hasSize(5);
    }

    @Test
    void goesOnWhereThePageBeforeEndedNewestFirst() {
        fail(5, "a.task", "default", "Boom");

        JsonNode first = client.call("GET", LETTERS + "?limit=3").json();
        JsonNode second = client.call(
                        "GET",
                        LETTERS + "?limit=3&cursor=" + first.get("nextCursor").asText())
                .json();

        List<String> times = Stream.of(first, second)
                .flatMap(page -> page.get("items").findValuesAsText("failedAt").stream())
                .toList();
        assertThat(times).hasSize(5).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void refusesWhatIsNoQueryAndTheListOfAnotherTenant() {
        for (String query :
                List.of("limit=0", "cursor=x", "jobId=1", "resolved=yes", "failedAfter=now", "state=FAILED")) {
            assertThat(client.call("GET", LETTERS + "?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(client.call("GET", LETTERS + "?tenant=other").status()).isEqualTo(422);
    }

    @Test
    void refusesToRequeueManyWithoutSayingHowMany() {
        for (String body : List.of(
                "{}",
                "{\"limit\":0}",
                "{\"limit\":10001}",
                "{\"limit\":1.5}",
                "{\"limit\":1,\"task\":1}",
                "{\"limit\":1,\"dryRun\":1}",
                "{\"limit\":1,\"errorType\":\"\"}",
                "[]")) {
            assertThat(client.post(LETTERS + "/requeue", body).status())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(client.post(LETTERS + "/requeue", "{\"limit\":1,\"state\":1}")
                        .problem())
                .isEqualTo("unknown-field");
    }

    @Test
    void requeuesThoseThatMatchUpToTheLimitAndOnlyCountsInADryRun() {
        fail(3, "demo.echo", "other", "Boom");
        fail(2, "demo.echo", "other", "Bang");

        assertThat(requeue("\"errorType\":\"Boom\",\"limit\":2,\"dryRun\":true").toString())
                .isEqualTo("{\"matched\":3,\"requeued\":0}");
        assertThat(list("")).hasSize(5);
        assertThat(requeue("\"errorType\":\"Boom\",\"limit\":2").toString())
                .isEqualTo("{\"matched\":3,\"requeued\":2}");
        assertThat(requeue("\"queue\":\"other\",\"limit\":10").toString()).isEqualTo("{\"matched\":3,\"requeued\":3}");

        for (int i = 0; i < 5; i++) {
            assertThat(stage.taken().job().run()).isEqualTo(2);
        }
    }

    @Test
    void I9_twoCallersAtOnceRequeueTenThousandOnceEach() {
        fail(MANY, "demo.echo", "other", "Boom");

        CompletableFuture<Reply> one = client.postLater(LETTERS + "/requeue", "{\"limit\":10000}");
        CompletableFuture<Reply> other = client.postLater(LETTERS + "/requeue", "{\"limit\":10000}");

        // On a busy machine one may hear that PostgreSQL is late: what it did until then stands, and it asks again.
        List<Reply> replies = List.of(one.join(), other.join());
        assertThat(replies).extracting(Reply::status).isSubsetOf(202, 503);
        if (replies.stream().allMatch(reply -> reply.status() == 202)) {
            assertThat(replies.stream()
                            .mapToInt(reply -> reply.json().get("requeued").asInt())
                            .sum())
                    .isEqualTo(MANY);
        }
        for (int i = 0; i < 20 && Rows.count("api.dead_letter where open") > 0; i++) {
            client.postLater(LETTERS + "/requeue", "{\"limit\":10000}").join();
        }
        assertThat(list("")).isEmpty();
        assertThat(Rows.count("api.job where state = 'QUEUED' and run = 2")).isEqualTo(MANY);
        Rows.await("all lie in Redis", () -> Rows.count("api.outbox") == 0);
    }

    @Test
    void stopsAfterTwentySecondsAndSaysHowFarItCame() {
        fail(1_001, "demo.echo", "other", "Boom");
        AtomicLong nanos = new AtomicLong();

        ManyLetters.Requeued first = new ManyLetters(
                        db,
                        requeue,
                        () -> nanos.getAndAdd(Duration.ofSeconds(11).toNanos()))
                .requeue(new Selection(Filter.open("default"), 10_000, false));

        assertThat(first).isEqualTo(new ManyLetters.Requeued(1_001, 500));
        assertThat(requeue("\"limit\":10000").toString()).isEqualTo("{\"matched\":501,\"requeued\":501}");
    }

    /** Jobs that failed a second apart, a thousand with a statement: each has 5 s. */
    private static void fail(int count, String task, String queue, String error) {
        for (int from = 0; from < count; from += 1_000) {
            fail(from, Math.min(count, from + 1_000) - 1, task, queue, error);
        }
    }

    private static void fail(int from, int to, String task, String queue, String error) {
        Rows.change("""
                with made as (
                    insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, position,
                        ended_position, finished_at, error_type)
                    select gen_random_uuid(), 'default', '%s', '%s', 5, '{"value":1}', '\\x00', 'FAILED', p, p,
                        '2026-01-01T00:00:00Z'::timestamptz + i * interval '1 second', '%s'
                    from generate_series(%d, %d) i,
                        lateral (select decode('0001000000010001' || '03' || lpad(to_hex(i), 32, '0'), 'hex') p) q
                    returning *)
                insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts, error_type, failed_at)
                select id, ended_position, tenant, task, queue, payload, attempt, error_type, finished_at from made""".formatted(task, queue, error, from, to));
    }

    private JsonNode requeue(String fields) {
        Reply reply = client.post(LETTERS + "/requeue", "{" + fields + "}");
        assertThat(reply.status()).isEqualTo(202);
        return reply.json();
    }

    private JsonNode list(String query) {
        return client.call("GET", LETTERS + query).json().get("items");
    }

    private String id(JobId job) {
        return Stage.letters(client, job).get(0).get("id").asText();
    }
}
