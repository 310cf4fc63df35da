package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class TaskJobsTest {

    private static final String JOBS = "/api/v1/tasks/demo.echo/jobs";

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
    }

    @Test
    void theBodyIsThePayload() {
        Reply reply = client.post(JOBS, "{\"value\":[1,2]}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("task").asText()).isEqualTo("demo.echo");
        assertThat(reply.json().get("payload").toString()).isEqualTo("{\"value\":[1,2]}");
        assertThat(reply.header("Location"))
                .isEqualTo("/api/v1/jobs/" + reply.json().get("id").asText());
    }

    @Test
    void takesTheHeadersOfASubmitAndIsTheSameAsOne() {
        Reply first = client.post(JOBS, "{\"value\":1}", "Idempotency-Key", "k");
        Reply again = client.submit("{\"payload\":{\"value\":1},\"task\":\"demo.echo\"}", "Idempotency-Key", "k");
        Reply other = client.post(JOBS, "{\"value\":2}", "Idempotency-Key", "k");

        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(other.problem()).isEqualTo("key-reused");
        assertThat(Rows.count("api.job")).isEqualTo(1);
    }

    @Test
    void pointsIntoTheBody() {
        Reply reply = client.post(JOBS, "{\"valu\":1}");

        assertThat(reply.problem()).isEqualTo("payload-invalid");
        assertThat(reply.json().get("errors").findValuesAsText("pointer"))
                .isNotEmpty()
                .noneMatch(pointer -> pointer.startsWith("/payload"));
    }

    @Test
    void refusesATaskThatNobodyOffersAndABodyThatIsNoJson() {
        assertThat(client.post("/api/v1/tasks/nobody.does/jobs", "1").status()).isEqualTo(404);
        assertThat(client.post("/api/v1/tasks/a%20b/jobs", "1").status()).isEqualTo(404);
        assertThat(client.post(JOBS, "").problem()).isEqualTo("not-json");
        assertThat(client.post(JOBS, "{\"value\":\"" + "x".repeat(270_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }
}
