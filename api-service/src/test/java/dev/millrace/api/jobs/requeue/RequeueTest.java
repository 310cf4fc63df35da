package dev.millrace.api.jobs.requeue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.OutboxMeters;
import dev.millrace.api.outbox.OutboxSettler;
import dev.millrace.api.outbox.Publisher;
import dev.millrace.api.outbox.RedisClock;
import dev.millrace.api.outbox.Rows;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Jobs that run again after their end. No worker but the test itself takes jobs here. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class RequeueTest {

    @Inject
    Stage stage;

    @Inject
    Db db;

    @Inject
    Intake intake;

    @Inject
    JobStreams streams;

    @Inject
    RedisClock clock;

    @Inject
    OutboxSettler settler;

    @Inject
    OutboxMeters outboxMeters;

    @Inject
    EndEffects effects;

    @Inject
    RequeueMeters meters;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            mode = Mode.INCLUDE,
            names = {"FAILED", "TIMED_OUT", "CANCELLED", "EXPIRED"})
    void I10_runsAJobAgainThatEndedWithoutSuccess(JobState end) {
        JobId job = stage.ended(client, end);

        Reply reply = retry(job, "");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("state").asText()).isEqualTo("QUEUED");
        assertThat(reply.json().get("run").asLong()).isEqualTo(2);
        assertThat(reply.json().get("attempt").asInt()).isEqualTo(1);
        for (String cleared : List.of("finishedAt", "startedAt", "worker", "error", "durationMs", "expiresAt")) {
            assertThat(reply.json().get(cleared).isNull()).as(cleared).isTrue();
        }
        Delivery again = stage.taken();
        assertThat(again.job().id()).isEqualTo(job);
        assertThat(again.job().run()).isEqualTo(2);
        assertThat(again.job().deaths()).isZero();
        stage.end(again, JobState.SUCCEEDED);
        Stage.awaitState(client, job, JobState.SUCCEEDED);
    }

    @Test
    void refusesAJobThatIsLiveOrHasSucceededAndOneThatIsUnknown() {
        JobId succeeded = stage.ended(client, JobState.SUCCEEDED);
        JobId live = Stage.submitted(client, "");

        assertThat(retry(succeeded, "").problem()).isEqualTo("conflict");
        assertThat(retry(live, "").problem()).isEqualTo("conflict");
        assertThat(retry(new JobId(UUID.randomUUID()), "").status()).isEqualTo(404);
        assertThat(client.post("/api/v1/jobs/1/retry", "").status()).isEqualTo(404);
    }

    @Test
    void runsWithAnotherPayloadOnAnotherQueueIfTheseFit() {
        JobId job = stage.ended(client, JobState.FAILED);

        assertThat(retry(job, "{\"payload\":{}}").problem()).isEqualTo("payload-invalid");
        assertThat(retry(job, "{\"queue\":\"nobody\"}").problem()).isEqualTo("unknown-queue");
        assertThat(retry(job, "{\"queue\":\"a b\"}").problem()).isEqualTo("invalid");
        assertThat(retry(job, "{\"task\":\"mail.send\"}").problem()).isEqualTo("unknown-field");
        assertThat(retry(job, "[]").problem()).isEqualTo("invalid");
        assertThat(retry(job, "{\"payload\":{\"value\":\"" + "x".repeat(270_000) + "\"}}")
                        .status())
                .isEqualTo(413);
        Reply moved = retry(job, "{\"payload\":{\"value\":2},\"queue\":\"mail\"}");

        assertThat(moved.json().get("queue").asText()).isEqualTo("mail");
        assertThat(moved.json().at("/payload/value").asInt()).isEqualTo(2);
        Rows.await("it lies on its lane", () -> stage.placeOf(job).startsWith("q"));
        assertThat(streams.take(Stage.OTHER, 10)).isEmpty();
    }

    @Test
    void I10_whatComesLateOfTheOldRunDoesNotTouchTheNewOne() {
        Stage.submitted(client, "");
        Delivery first = stage.taken();
        stage.end(first, JobState.FAILED);
        JobId job = first.job().id();
        Stage.awaitState(client, job, JobState.FAILED);
        retry(job, "");
        Rows.await("it lies on its lane", () -> stage.placeOf(job).startsWith("q"));

        stage.end(first, JobState.SUCCEEDED);
        JobId witness = Stage.submitted(client, "");
        stage.end(stage.taken(), JobState.FAILED);
        stage.end(stage.taken(), JobState.SUCCEEDED);

        Stage.awaitState(client, witness, JobState.SUCCEEDED);
        Stage.awaitState(client, job, JobState.FAILED);
        assertThat(attempts(job)).containsExactly("1", "2");
    }

    @Test
    void I9_requeuedTwiceTheAttemptsOfAllRunsStayAndEachEndLeavesOneLetter() {
        JobId job = stage.ended(client, JobState.FAILED);
        for (int run = 2; run <= 3; run++) {
            assertThat(retry(job, "").status()).isEqualTo(202);
            stage.end(stage.taken(), JobState.FAILED);
            Stage.awaitState(client, job, JobState.FAILED);
        }

        assertThat(attempts(job)).containsExactly("1", "2", "3");
        assertThat(Stage.letters(client, job)).hasSize(1);
        assertThat(Rows.count("api.dead_letter where job = '" + job + "'")).isEqualTo(3);
    }

    @Test
    void I9_ofManyCallersAtOnceOneRequeues() {
        JobId job = stage.ended(client, JobState.FAILED);

        List<CompletableFuture<Reply>> calls = IntStream.range(0, 8)
                .mapToObj(i -> client.postLater("/api/v1/jobs/" + job + "/retry", ""))
                .toList();

        List<Integer> statuses =
                calls.stream().map(call -> call.join().status()).toList();
        assertThat(statuses).containsOnlyOnce(202);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(7);
    }

    @Test
    void I11_aCrashBetweenCommitAndEnqueueLeavesItToARelay() {
        JobId job = stage.ended(client, JobState.FAILED);
        // Nobody turns this publisher: what it is offered is lost, as with the process.
        Publisher dies = new Publisher(streams, clock, settler, outboxMeters);
        new Requeue(db, intake, dies, effects, meters)
                .job("default", job, Change.NONE)
                .orThrow();
        assertThat(stage.placeOf(job)).isIn("", "E");

        Rows.change("update api.outbox set due_at = now()");

        assertThat(stage.taken().job()).returns(job, one -> one.id()).returns(2L, one -> one.run());
    }

    @Test
    void I1_theLossOfRedisRightAfterTheCommitLosesNothing() {
        JobId job = stage.ended(client, JobState.FAILED);
        assertThat(retry(job, "").status()).isEqualTo(202);

        stage.emptyRedis();

        Delivery again = stage.taken();
        assertThat(again.job().id()).isEqualTo(job);
        stage.end(again, JobState.SUCCEEDED);
        Stage.awaitState(client, job, JobState.SUCCEEDED);
        assertThat(streams.take(Stage.OTHER, 10)).isEmpty();
    }

    @Test
    void I30_isAcceptedWhileRedisIsDownAndRunsOnceItIsBack() {
        JobId job = stage.ended(client, JobState.FAILED);
        ApiServers.redis().kill();
        Reply reply = retry(job, "");
        ApiServers.redis().restart();

        assertThat(reply.status()).isEqualTo(202);
        Rows.await("Redis is open", stage::isOpen);
        assertThat(stage.taken().job().id()).isEqualTo(job);
    }

    @Test
    void I31_isAnswered503WhilePostgresIsDownAndCanBeRepeated() {
        JobId job = stage.ended(client, JobState.FAILED);
        // The servers of tests answer commits before they are written, and a kill would lose the job.
        Rows.change("checkpoint");
        ApiServers.postgres().kill();
        Reply refused = retry(job, "");
        Reply many = client.post("/api/v1/dead-letters/requeue", "{\"limit\":1}");
        ApiServers.postgres().restart();

        assertThat(refused.problem()).isEqualTo("unavailable");
        assertThat(many.status()).isEqualTo(503);
        // 409 tells that a call without an answer was accepted.
        List<Integer> answers = new ArrayList<>();
        Rows.await(
                "it is accepted, after " + answers,
                () -> answers.add(retry(job, "").status()) && (answers.getLast() == 202 || answers.getLast() == 409));
        assertThat(answers).containsOnlyOnce(answers.getLast()).containsAnyOf(202, 409);
        assertThat(stage.taken().job().id()).isEqualTo(job);
    }

    @Test
    void waitsBehindWhatIsParkedInItsBand() {
        JobId job = stage.ended(client, JobState.FAILED);
        JobId ahead = new JobId(UUID.randomUUID());
        Rows.change(
                "insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, parked) values ('"
                        + ahead + "', 'default', 'demo.echo', 'other', 5, '{}', '\\x00', 'QUEUED', 'normal')");

        assertThat(retry(job, "").status()).isEqualTo(202);

        assertThat(List.of(stage.taken().job().id(), stage.taken().job().id())).containsExactlyInAnyOrder(ahead, job);
    }

    @Test
    void I16_canBeCancelledAndRequeuedAgain() {
        JobId job = stage.ended(client, JobState.FAILED);
        retry(job, "");
        Reply cancelled = client.post("/api/v1/jobs/" + job + "/cancel", "");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().get("run").asLong()).isEqualTo(2);

        assertThat(retry(job, "").json().get("run").asLong()).isEqualTo(3);
        assertThat(stage.taken().job().run()).isEqualTo(3);
    }

    @Test
    void doesNotExpireOnceMore() {
        JobId job = Stage.submitted(client, ",\"ttl\":\"PT0.001S\"");
        Stage.awaitState(client, job, JobState.EXPIRED);

        assertThat(retry(job, "").json().get("expiresAt").isNull()).isTrue();
        JobId witness = Stage.submitted(client, ",\"delay\":\"P1D\",\"ttl\":\"PT0.001S\"");
        Stage.awaitState(client, witness, JobState.EXPIRED);

        assertThat(stage.taken().job().id()).isEqualTo(job);
    }

    private Reply retry(JobId job, String body) {
        return client.post("/api/v1/jobs/" + job + "/retry", body);
    }

    private List<String> attempts(JobId job) {
        JsonNode items =
                client.call("GET", "/api/v1/jobs/" + job + "/attempts").json().get("items");
        return items.findValuesAsText("run");
    }
}
