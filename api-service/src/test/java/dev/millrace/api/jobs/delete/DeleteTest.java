package dev.millrace.api.jobs.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** No worker but the test itself takes jobs here. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class DeleteTest {

    @Inject
    Stage stage;

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
            names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "EXPIRED"})
    void takesAJobThatHasEndedWithAllThatBelongsToIt(JobState end) {
        JobId job = stage.ended(client, end);

        Reply reply = delete(job);

        assertThat(reply.status()).isEqualTo(204);
        for (String path : List.of("", "/result", "/attempts", "/events")) {
            assertThat(client.call("GET", path(job) + path).status()).as(path).isEqualTo(404);
        }
        assertThat(client.call("GET", "/api/v1/jobs").json().get("items")).isEmpty();
        assertThat(client.call("GET", "/api/v1/jobs/counts").json()).allMatch(n -> n.asInt() == 0);
        assertThat(client.call("GET", "/api/v1/dead-letters").json().get("items"))
                .isEmpty();
        assertThat(Rows.count("api.attempt")).isZero();
        assertThat(Rows.count("api.job where payload <> 'null' or result is not null or error_type is not null"
                        + " or tags <> '{}' or metadata <> '{}'"))
                .isZero();
        assertThat(delete(job).status()).isEqualTo(404);
        assertThat(client.post(path(job) + "/retry", "").status()).isEqualTo(404);
    }

    @Test
    void refusesAJobThatHasNotEndedWhichGoesOn() {
        JobId waiting = Stage.submitted(client, "");
        assertThat(delete(waiting).problem()).isEqualTo("conflict");
        Delivery running = stage.taken();

        assertThat(delete(waiting).problem()).isEqualTo("conflict");

        stage.end(running, JobState.SUCCEEDED);
        Stage.awaitState(client, waiting, JobState.SUCCEEDED);
    }

    @Test
    void I29_ofWhatIsUnknownOrAnothersSaysThatThereIsNone() {
        JobId job = stage.ended(client, JobState.SUCCEEDED);
        Rows.change("update api.job set tenant = 'other'");

        assertThat(delete(job).status()).isEqualTo(404);
        assertThat(delete(new JobId(UUID.randomUUID())).status()).isEqualTo(404);
        assertThat(client.call("DELETE", "/api/v1/jobs/x").status()).isEqualTo(404);
        assertThat(Rows.count("api.job where tenant = 'other' and result is not null"))
                .isEqualTo(1);
    }

    @Test
    void tagsOfADeletedJobFindNothing() {
        JobId job = Stage.submitted(client, ",\"tags\":[\"vip\",\"new\"]");
        stage.end(stage.taken(), JobState.SUCCEEDED);
        Stage.awaitState(client, job, JobState.SUCCEEDED);

        delete(job);

        assertThat(client.call("GET", "/api/v1/jobs?tag=vip").json().get("items"))
                .isEmpty();
        assertThat(Rows.count("api.job_tag")).isZero();
    }

    @Test
    void I41_whatIsToldLateOfADeletedJobBringsNothingBack() {
        JobId job = Stage.submitted(client, "");
        Delivery delivery = stage.taken();
        stage.end(delivery, JobState.SUCCEEDED);
        Stage.awaitState(client, job, JobState.SUCCEEDED);
        delete(job);

        stage.emptyRedis();
        stage.end(delivery, JobState.FAILED);
        JobId witness = Stage.submitted(client, "");
        stage.end(stage.taken(), JobState.SUCCEEDED);
        Stage.awaitState(client, witness, JobState.SUCCEEDED);

        assertThat(client.call("GET", path(job)).status()).isEqualTo(404);
        assertThat(Rows.count("api.job where finished_at is null")).isZero();
        assertThat(Rows.count("api.dead_letter")).isZero();
    }

    @Test
    void I41_aRepeatedSubmitDoesNotRunADeletedJobAgain() {
        String body = "{\"id\":\"%s\",\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}"
                .formatted(UUID.randomUUID());
        JobId job = JobId.parse(
                client.submit(body, "Idempotency-Key", "once").json().get("id").asText());
        stage.end(stage.taken(), JobState.SUCCEEDED);
        Stage.awaitState(client, job, JobState.SUCCEEDED);
        delete(job);

        assertThat(client.submit(body).problem()).isEqualTo("id-taken");
        assertThat(client.submit(body, "Idempotency-Key", "once").status()).isEqualTo(404);
        assertThat(Rows.count("api.job where finished_at is null")).isZero();
    }

    private Reply delete(JobId job) {
        return client.call("DELETE", path(job));
    }

    private static String path(JobId job) {
        return "/api/v1/jobs/" + job;
    }
}
