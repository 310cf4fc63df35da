package dev.millrace.api.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service, which asks nobody who they are. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class AuditTest {

    private static final String AUDIT = "/api/v1/audit";

    @Inject
    Stage stage;

    @Inject
    AuditTable table;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void nothingIsWritten() {
        client = stage.opened(port);
        Rows.change("delete from api.audit");
    }

    private JsonNode items() {
        return client.call("GET", AUDIT).json().path("items");
    }

    @Test
    void saysWhoChangedWhatAndHowItWasAnswered() {
        client.post("/api/v1/queues/other/pause", "{\"reason\":\"a secret\"}");
        client.post("/api/v1/queues/other/resume", "");
        client.post("/api/v1/queues/none/pause", "");

        JsonNode items = items();

        assertThat(items.findValuesAsText("operation"))
                .containsExactly(
                        "POST /api/v1/queues/{name}/pause",
                        "POST /api/v1/queues/{name}/resume",
                        "POST /api/v1/queues/{name}/pause");
        assertThat(items.findValuesAsText("target")).containsExactly("none", "other", "other");
        assertThat(items.findValuesAsText("outcome")).containsExactly("refused", "done", "done");
        assertThat(items.get(1).path("status").asInt()).isEqualTo(200);
        assertThat(items.get(1).path("who").asText()).isEqualTo("local");
        assertThat(items.get(1).path("role").asText()).isEqualTo("admin");
        assertThat(items.toString()).doesNotContain("secret");
    }

    @Test
    void isWrittenBeforeTheCallIsAnsweredWhoeverAnswersIt() {
        JobId job = Stage.submitted(client, ",\"delay\":\"PT1H\"");

        assertThat(client.post("/api/v1/jobs/" + job + "/cancel", "").status()).isEqualTo(200);

        assertThat(items().get(0).path("operation").asText()).isEqualTo("POST /api/v1/jobs/{id}/cancel");
        assertThat(items().get(0).path("target").asText()).isEqualTo(job.toString());
    }

    @Test
    void passesOverSubmitsAndWhatChangesNothing() {
        Stage.submitted(client, "");
        client.call("GET", "/api/v1/queues");
        client.post("/api/v1/nowhere", "");

        assertThat(items()).isEmpty();
    }

    @Test
    void isReadPageByPage() {
        client.post("/api/v1/queues/other/pause", "");
        client.post("/api/v1/queues/other/resume", "");

        JsonNode first = client.call("GET", AUDIT + "?limit=1").json();
        JsonNode second = client.call(
                        "GET",
                        AUDIT + "?limit=1&cursor=" + first.path("nextCursor").asText())
                .json();

        assertThat(first.path("items").findValuesAsText("operation"))
                .containsExactly("POST /api/v1/queues/{name}/resume");
        assertThat(second.path("items").findValuesAsText("operation"))
                .containsExactly("POST /api/v1/queues/{name}/pause");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(client.call("GET", AUDIT + "?cursor=x").status()).isEqualTo(400);
    }

    @Test
    void isForgottenAfterNinetyDays() {
        client.post("/api/v1/queues/other/pause", "");
        client.post("/api/v1/queues/other/resume", "");
        Rows.change("update api.audit set at = now() - interval '91 days' where operation like '%pause'");

        table.forgetOnce();

        assertThat(items().findValuesAsText("operation")).containsExactly("POST /api/v1/queues/{name}/resume");
    }
}
