package dev.millrace.api.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class TenantsTest {

    private static final String TENANTS = "/api/v1/tenants";
    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";
    private static final String BULK = "{\"jobs\":[" + JOB + "," + JOB + "," + JOB + "]}";
    private static final String SCHEDULE = "{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},\"job\":" + JOB + "}";
    private static final String PLAN =
            "{\"trigger\":{\"interval\":{\"every\":\"PT1H\",\"anchor\":\"2026-01-01T00:00:00Z\"}}}";

    @Inject
    Stage stage;

    @Inject
    KnownQuotas quotas;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client admin;

    @BeforeEach
    void openStage() {
        stage.opened(port);
        admin = SwitchedOn.admin(port);
        Rows.change("delete from api.schedule");
        Rows.change("delete from api.tenant where name <> 'default'");
        quotas.refreshOnce();
    }

    /** Of a tenant of its own, so that no test meets what another one left. */
    private String tenant(String quotas) {
        String name = "t-" + UUID.randomUUID();
        assertThat(admin.post(TENANTS, "{\"name\":\"%s\",\"quotas\":%s}".formatted(name, quotas))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private String token(String tenant, String role) {
        return SwitchedOn.token(admin, role, tenant);
    }

    private Client operator(String tenant) {
        return new Client(port, token(tenant, "operator"));
    }

    @Test
    void aTenantIsMadeReadChangedAndListed() {
        Reply made = admin.post(TENANTS, "{\"name\":\"acme\",\"quotas\":{\"queuedJobs\":7,\"streams\":null}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith("/api/v1/tenants/acme");
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.json().get("quotas").toString())
                .isEqualTo("{\"queuedJobs\":7,\"schedules\":null,\"streams\":null,\"submitsPerSecond\":null}");
        assertThat(admin.post(TENANTS, "{\"name\":\"acme\"}").problem()).isEqualTo("conflict");

        Reply changed = admin.send(
                "PATCH",
                TENANTS + "/acme",
                "{\"quotas\":{\"queuedJobs\":null,\"schedules\":0}}",
                "Content-Type",
                "application/json",
                "If-Match",
                "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.json().at("/quotas/queuedJobs").isNull()).isTrue();
        assertThat(changed.json().at("/quotas/schedules").asInt(-1)).isZero();
        assertThat(patch("acme", "{\"quotas\":{\"schedules\":0}}").header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(admin.send(
                                "PATCH",
                                TENANTS + "/acme",
                                "{\"quotas\":null}",
                                "Content-Type",
                                "application/json",
                                "If-Match",
                                "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(patch("acme", "{\"quotas\":null}")
                        .json()
                        .at("/quotas/schedules")
                        .isNull())
                .isTrue();

        assertThat(admin.call("GET", TENANTS + "/acme").json().get("version").asLong())
                .isEqualTo(3);
        assertThat(admin.call("GET", TENANTS + "?limit=1")
                        .json()
                        .path("nextCursor")
                        .asText())
                .isEqualTo("acme");
        assertThat(admin.call("GET", TENANTS + "?cursor=acme")
                        .json()
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("default");
        assertThat(admin.call("GET", TENANTS + "/none").status()).isEqualTo(404);
        assertThat(patch("none", "{}").status()).isEqualTo(404);
    }

    @Test
    void aTokenMakesItsTenant() {
        Client ofNew = new Client(port, token("brand.new", "admin"));

        assertThat(ofNew.call("GET", TENANTS).json().at("/items/0/name").asText())
                .isEqualTo("brand.new");
        assertThat(admin.call("GET", TENANTS + "/brand.new").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            `{}`,                                                  422, /name
            `{"name":"a b"}`,                                      422, /name
            `{"name":"x","quotas":{"queuedJobs":-1}}`,             422, /quotas/queuedJobs
            `{"name":"x","quotas":{"queuedJobs":1.5}}`,            422, /quotas/queuedJobs
            `{"name":"x","quotas":{"streams":"3"}}`,               422, /quotas/streams
            `{"name":"x","quotas":3}`,                             422, /quotas
            `{"name":"x","quotas":{"jobs":1}}`,                    400, /quotas/jobs
            `{"name":"x","weight":3}`,                             400, /weight
            """)
    void whatIsWrongIsSaidWithItsPlace(String body, int status, String pointer) {
        Reply refused = admin.post(TENANTS, body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void noMoreJobsWaitThanMay() {
        String tenant = tenant("{\"queuedJobs\":4}");
        Client client = operator(tenant);

        assertThat(client.post("/api/v1/jobs/bulk", BULK).status()).isEqualTo(202);
        assertThat(client.post("/api/v1/jobs/bulk", BULK).problem()).isEqualTo("quota-exceeded");
        Reply last = client.submit(JOB);
        assertThat(last.status()).isEqualTo(202);
        assertThat(client.submit(JOB).problem()).isEqualTo("quota-exceeded");
        assertThat(client.post("/api/v1/tasks/demo.echo/jobs", "{\"value\":1}").status())
                .isEqualTo(429);
        quotas.refreshOnce();
        assertThat(client.submit(JOB).status()).isEqualTo(429);
        assertThat(Rows.count("api.job where tenant = '" + tenant + "'")).isEqualTo(4);
        assertThat(operator("default").submit(JOB).status()).isEqualTo(202);

        String cancel = "/api/v1/jobs/" + last.json().get("id").asText() + "/cancel";
        assertThat(client.call("POST", cancel).status()).isEqualTo(200);
        quotas.refreshOnce();
        assertThat(client.submit(JOB).status()).isEqualTo(202);
    }

    @Test
    void noMoreComesInASecondThanMay() {
        Client client = operator(tenant("{\"submitsPerSecond\":2}"));

        assertThat(client.post("/api/v1/jobs/bulk", BULK).status()).isEqualTo(202);
        Reply refused = client.submit(JOB);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"submits\";q=2;w=1");
        assertThat(refused.header("RateLimit")).isEqualTo("\"submits\";r=0;t=1");
        assertThat(operator(tenant("{\"submitsPerSecond\":0}")).submit(JOB).problem())
                .isEqualTo("quota-exceeded");
    }

    @Test
    void noMoreSchedulesAreMadeThanMay() {
        String tenant = tenant("{\"schedules\":1}");
        Client client = operator(tenant);
        Rows.change("""
                insert into api.schedule (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
                values ('%s', 'first', 1, 1, 'api', '%s', '%s', false, now(), now())""".formatted(tenant, PLAN, JOB));

        assertThat(client.post("/api/v1/schedules", SCHEDULE).problem()).isEqualTo("quota-exceeded");
        assertThat(put(client, "second").status()).isEqualTo(429);
        assertThat(put(client, "first").status()).isLessThan(300);
    }

    @Test
    void noMoreStreamsAreOpenThanMay() throws Exception {
        String tenant = tenant("{\"streams\":1}");
        String token = token(tenant, "viewer");
        HttpClient http = HttpClient.newHttpClient();

        HttpResponse<InputStream> first = stream(http, token);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(stream(http, token).statusCode()).isEqualTo(429);
        HttpResponse<InputStream> others = stream(http, token("default", "viewer"));
        assertThat(others.statusCode()).isEqualTo(200);
        others.body().close();
        first.body().close();
        Rows.await("room for a stream", () -> statusOfStream(http, token) == 200);
    }

    private int statusOfStream(HttpClient http, String token) {
        try {
            HttpResponse<InputStream> stream = stream(http, token);
            stream.body().close();
            return stream.statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private HttpResponse<InputStream> stream(HttpClient http, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofInputStream());
    }

    private Reply patch(String tenant, String body) {
        return admin.send("PATCH", TENANTS + "/" + tenant, body, "Content-Type", "application/json");
    }

    private static Reply put(Client client, String schedule) {
        return client.send("PUT", "/api/v1/schedules/" + schedule, SCHEDULE, "Content-Type", "application/json");
    }
}
