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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
        assertThat(items.findValuesAsText("target")).containsExactly("null", "other", "other");
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
    void tellsOfASettingWhatItWasAndWhatItIs() {
        client.send("PATCH", "/api/v1/queues/other", "{\"priority\":7}", "Content-Type", "application/json");
        client.send("PATCH", "/api/v1/queues/other", "{\"priority\":null}", "Content-Type", "application/json");
        client.post("/api/v1/queues/other/pause", "{\"reason\":\"a secret\"}");
        client.post("/api/v1/queues/other/resume", "");

        JsonNode items = items();

        assertThat(changes(items))
                .containsExactly(
                        "{\"slots\":null,\"paused\":true,\"priority\":null} > {\"slots\":null,\"paused\":false,\"priority\":null}",
                        "{\"slots\":null,\"paused\":false,\"priority\":null} > {\"slots\":null,\"paused\":true,\"priority\":null}",
                        "{\"slots\":null,\"paused\":false,\"priority\":7} > {\"slots\":null,\"paused\":false,\"priority\":null}",
                        "{\"slots\":null,\"paused\":false,\"priority\":null} > {\"slots\":null,\"paused\":false,\"priority\":7}");
        assertThat(items.toString()).doesNotContain("secret");
    }

    @Test
    void tellsOfTokensAndTenantsWithoutAnySecret() {
        String name = "t-" + UUID.randomUUID();
        client.post("/api/v1/tenants", "{\"name\":\"" + name + "\",\"quotas\":{\"streams\":3}}");
        client.send(
                "PATCH",
                "/api/v1/tenants/" + name,
                "{\"quotas\":{\"streams\":null}}",
                "Content-Type",
                "application/json");
        JsonNode made = client.post("/api/v1/tokens", "{\"name\":\"ci\",\"role\":\"viewer\",\"requestsPerSecond\":9}")
                .json();
        String token = "/api/v1/tokens/" + made.get("id").asText();
        client.send("PATCH", token, "{\"requestsPerSecond\":null}");
        client.call("DELETE", token);

        JsonNode items = items();

        assertThat(items.at("/0/before")).isEqualTo(items.at("/1/after"));
        assertThat(items.at("/0/after").isNull()).isTrue();
        assertThat(items.at("/1/operation").asText()).isEqualTo("PATCH /api/v1/tokens/{id}");
        assertThat(items.at("/1/after/requestsPerSecond").isNull()).isTrue();
        assertThat(items.at("/1/before").toString())
                .isEqualTo(items.at("/2/after").toString())
                .contains(made.get("id").asText(), "\"role\":\"viewer\"", "\"requestsPerSecond\":9");
        assertThat(items.at("/2/before").isNull()).isTrue();
        assertThat(items.at("/3/before/streams").asInt()).isEqualTo(3);
        assertThat(items.at("/3/after/streams").isNull()).isTrue();
        assertThat(items.at("/4/before").isNull()).isTrue();
        assertThat(items.at("/4/after/streams").asInt()).isEqualTo(3);
        assertThat(items.toString()).doesNotContain(made.get("token").asText().substring(12));
    }

    @Test
    void tellsOfASchedulesPlanAndNotOfItsPayload() {
        Rows.change("delete from api.schedule");
        Rows.change("""
                insert into api.schedule (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
                values ('default', 'nightly', 1, 1, 'api',
                    '{"trigger":{"interval":{"every":"PT1H","anchor":"2026-01-01T00:00:00Z"}}}',
                    '{"task":"demo.echo","queue":"other","payload":{"value":"secret-1"},"metadata":{"a":"secret-2"}}', false, now(), now())""");

        client.send(
                "PATCH",
                "/api/v1/schedules/nightly",
                "{\"trigger\":{\"interval\":{\"every\":\"PT2H\"}},\"job\":{\"payload\":{\"value\":\"secret-3\"}}}",
                "Content-Type",
                "application/json");
        client.call("DELETE", "/api/v1/schedules/nightly");

        JsonNode items = items();

        assertThat(items.at("/1/before/trigger/interval/every").asText()).isEqualTo("PT1H");
        assertThat(items.at("/1/after/trigger/interval/every").asText()).isEqualTo("PT2H");
        assertThat(items.at("/1/after/jobChanged").asBoolean()).isTrue();
        assertThat(items.at("/1/before/job").toString()).isEqualTo("{\"task\":\"demo.echo\",\"queue\":\"other\"}");
        assertThat(items.at("/0/before/paused").asBoolean(true)).isFalse();
        assertThat(items.at("/0/after").isNull()).isTrue();
        assertThat(items.toString()).doesNotContain("secret");
        Rows.change("delete from api.schedule_command");
        Rows.change("delete from api.schedule");
    }

    @Test
    void hasTheTraceOfTheCallAndThatOfItsRefusal() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        client.post("/api/v1/queues/other/pause", "", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        JsonNode refusal =
                client.post("/api/v1/queues/other/pause", "{\"x\":1}").json();
        client.post("/api/v1/queues/other/resume", "");

        assertThat(items().findValuesAsText("trace"))
                .containsExactly("null", refusal.get("traceId").asText(), trace);
    }

    private static List<String> changes(JsonNode items) {
        List<String> changes = new ArrayList<>();
        items.forEach(item -> changes.add(item.get("before") + " > " + item.get("after")));
        return changes;
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
