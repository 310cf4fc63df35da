package dev.millrace.api.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class TokensTest {

    private static final String TOKENS = "/api/v1/tokens";
    private static final String ME = "/api/v1/me";
    private static final String ECHO =
            "{\"id\":\"%s\",\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";

    /** Within which a token that is none any more is obeyed nowhere, and a little for the machine. */
    private static final Duration OBEYED = Duration.ofSeconds(6);

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client admin;

    @BeforeEach
    void openStage() {
        stage.opened(port);
        admin = SwitchedOn.admin(port);
        Rows.change("delete from api.token");
    }

    @Test
    void isToldOnceAndKeptAsAHash() {
        Reply made = admin.post(TOKENS, "{\"name\":\"ci\",\"role\":\"submitter\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String token = made.json().get("token").asText();
        assertThat(token).startsWith("mr_" + made.json().get("id").asText() + "_");
        assertThat(Duration.between(time(made, "createdAt"), time(made, "expiresAt")))
                .isEqualTo(Duration.ofDays(90));
        assertThat(admin.call("GET", TOKENS).http().body())
                .contains(Tenants.id(token))
                .doesNotContain(token.substring(12));
        assertThat(Rows.count("api.token where hash = sha256('" + token + "')")).isEqualTo(1);
        assertThat(Rows.count("api.token t where t::text like '%" + token.substring(12) + "%'"))
                .isZero();
    }

    @Test
    void tellsItsHolderWhoItIs() {
        String token = made("ci", "submitter", "");

        JsonNode bearer = new Client(port, token).call("GET", ME).json();
        JsonNode basic = new Client(port)
                .call("GET", ME, "Authorization", "Basic " + Tenants.base64("anybody:" + token))
                .json();

        assertThat(bearer).isEqualTo(basic);
        assertThat(bearer.get("name").asText()).isEqualTo("ci");
        assertThat(bearer.get("role").asText()).isEqualTo("submitter");
        assertThat(bearer.get("tenant").asText()).isEqualTo("default");
        assertThat(bearer.get("token").asText()).isEqualTo(Tenants.id(token));
        assertThat(admin.call("GET", ME).json().get("token").isNull()).isTrue();
    }

    @Test
    void areListedPageByPage() {
        for (int i = 0; i < 5; i++) {
            made("t" + i, "viewer", "");
        }

        JsonNode first = admin.call("GET", TOKENS + "?limit=3").json();
        JsonNode last = admin.call(
                        "GET",
                        TOKENS + "?limit=3&cursor=" + first.get("nextCursor").asText())
                .json();

        assertThat(first.get("items")).hasSize(3);
        assertThat(last.get("items")).hasSize(2);
        assertThat(last.get("nextCursor").isNull()).isTrue();
        assertThat(admin.call("GET", TOKENS + "?cursor=x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"viewer\"} | 422",
                "{\"name\":\"x\"} | 422",
                "{\"name\":\"\",\"role\":\"viewer\"} | 422",
                "{\"name\":\"x\",\"role\":\"root\"} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"tenant\":\"no tenant\"} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"expiresAt\":\"2020-01-01T00:00:00Z\"} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"expiresAt\":\"9999-01-01T00:00:00Z\"} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"expiresAt\":\"+999999-01-01T00:00:00Z\"} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"requestsPerSecond\":0} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"requestsPerSecond\":1000001} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"requestsPerSecond\":\"5\"} | 422",
                "{\"name\":\"x\",\"role\":\"viewer\",\"hash\":\"00\"} | 400",
                "[] | 422"
            })
    void refusesWhatNoTokenMayBe(String body, int status) {
        assertThat(admin.post(TOKENS, body).status()).isEqualTo(status);
    }

    @Test
    void lastAtMostAYear() {
        Instant year = Instant.now().plus(365, ChronoUnit.DAYS);

        assertThat(expiringAt(year.minusSeconds(60)).status()).isEqualTo(201);
        assertThat(expiringAt(year.plusSeconds(60)).status()).isEqualTo(422);
    }

    @Test
    void I29_anAdminGivesTokensOfItsOwnTenantOnly() {
        Client other = new Client(port, made("boss", "admin", ",\"tenant\":\"other\""));

        assertThat(other.post(TOKENS, "{\"name\":\"x\",\"role\":\"viewer\",\"tenant\":\"default\"}")
                        .problem())
                .isEqualTo("forbidden");
        Reply own = other.post(TOKENS, "{\"name\":\"x\",\"role\":\"viewer\"}");
        assertThat(own.json().get("tenant").asText()).isEqualTo("other");
        assertThat(other.call("GET", TOKENS).json().findValuesAsText("tenant")).containsOnly("other");
    }

    @Test
    void I29_anIdAndAKeyOfAnotherTenantAreNothingToIt() {
        Client other = new Client(port, made("x", "submitter", ",\"tenant\":\"other\""));
        String id = UUID.randomUUID().toString();
        assertThat(admin.submit(ECHO.formatted(id), "Idempotency-Key", "same").status())
                .isEqualTo(202);

        Reply taken = other.submit(ECHO.formatted(id));
        assertThat(taken.problem()).isEqualTo("id-taken");

        Reply keyed = other.submit(ECHO.formatted(UUID.randomUUID()), "Idempotency-Key", "same");
        assertThat(keyed.status()).isEqualTo(202);
        assertThat(keyed.header("Idempotency-Replayed")).isEmpty();
        assertThat(keyed.json().get("tenant").asText()).isEqualTo("other");
    }

    @Test
    void isToldToWaitWhenItSendsMoreThanItMay() {
        Reply made = admin.post(TOKENS, "{\"name\":\"x\",\"role\":\"viewer\",\"requestsPerSecond\":1}");
        assertThat(made.json().get("requestsPerSecond").asInt()).isEqualTo(1);
        Client holder = new Client(port, made.json().get("token").asText());

        long began = System.nanoTime();
        List<Reply> replies = IntStream.range(0, 30)
                .mapToObj(i -> holder.later("GET", i % 2 == 0 ? ME : "/q/metrics", Optional.empty()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSizeBetween(1, (int) seconds + 2);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .isNotEmpty()
                .allSatisfy(reply -> {
                    assertThat(reply.problem()).isEqualTo("too-many-requests");
                    assertThat(reply.header("Retry-After")).isEqualTo("1");
                    assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"requests\";q=1;w=1");
                    assertThat(reply.header("RateLimit")).isEqualTo("\"requests\";r=0;t=1");
                });
        assertThat(new Client(port, made("y", "viewer", "")).call("GET", ME).status())
                .isEqualTo(200);
    }

    @Test
    void obeysAtOnceWhatIsSetOfHowFastItMayCall() {
        Reply made = admin.post(TOKENS, "{\"name\":\"x\",\"role\":\"viewer\"}");
        String id = made.json().get("id").asText();
        Client holder = new Client(port, made.json().get("token").asText());
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(policyOfARefusal(holder)).isEmpty();

        Reply slowed = patch(id, "{\"requestsPerSecond\":2}", "If-Match", "\"1\"");

        assertThat(slowed.status()).isEqualTo(200);
        assertThat(slowed.header("ETag")).isEqualTo("\"2\"");
        assertThat(slowed.json().get("requestsPerSecond").asInt()).isEqualTo(2);
        assertThat(slowed.json().get("version").asInt()).isEqualTo(2);
        assertThat(slowed.json().has("token")).isFalse();
        assertThat(policyOfARefusal(holder)).contains("\"requests\";q=2;w=1");
        assertThat(admin.call("GET", TOKENS)
                        .json()
                        .at("/items/0/requestsPerSecond")
                        .asInt())
                .isEqualTo(2);

        assertThat(patch(id, "{\"requestsPerSecond\":null}")
                        .json()
                        .get("requestsPerSecond")
                        .isNull())
                .isTrue();
        assertThat(policyOfARefusal(holder)).isEmpty();
    }

    /** What is told of how many it may send, when one of ten requests is refused. */
    private static Optional<String> policyOfARefusal(Client holder) {
        return Stream.generate(() -> holder.later("GET", ME, Optional.empty())).limit(10).toList().stream()
                .map(CompletableFuture::join)
                .filter(reply -> reply.status() != 200)
                .map(reply -> reply.header("RateLimit-Policy"))
                .findFirst();
    }

    @Test
    void isChangedInTheVersionThatWasReadAlone() {
        String id = Tenants.id(made("x", "viewer", ",\"requestsPerSecond\":5"));

        assertThat(patch(id, "{\"requestsPerSecond\":5}").header("ETag")).isEqualTo("\"1\"");
        assertThat(patch(id, "{}").header("ETag")).isEqualTo("\"1\"");
        assertThat(patch(id, "{\"requestsPerSecond\":6}").header("ETag")).isEqualTo("\"2\"");
        assertThat(patch(id, "{\"requestsPerSecond\":7}", "If-Match", "\"1\"").problem())
                .isEqualTo("stale");
        assertThat(patch(id, "{}", "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(patch(id, "{\"requestsPerSecond\":7}", "If-Match", "1").status())
                .isEqualTo(400);
        assertThat(Rows.count("api.token where id = '" + id + "' and requests_per_second = 6"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"requestsPerSecond\":0} | 422",
                "{\"requestsPerSecond\":1000001} | 422",
                "{\"requestsPerSecond\":1.5} | 422",
                "{\"requestsPerSecond\":\"5\"} | 422",
                "{\"role\":\"admin\"} | 400",
                "[] | 422"
            })
    void refusesToSetAnythingElse(String body, int status) {
        String id = Tenants.id(made("x", "viewer", ""));

        assertThat(patch(id, body).status()).isEqualTo(status);
        assertThat(Rows.count("api.token where id = '" + id + "' and version = 1 and role = 'viewer'"))
                .isEqualTo(1);
    }

    @Test
    void I29_anotherTenantsTokenIsNotThereToBeChanged() {
        String id = Tenants.id(made("x", "viewer", ""));
        Client boss = new Client(port, made("boss", "admin", ",\"tenant\":\"other\""));

        for (String any : List.of(id, "00000000", "none")) {
            assertThat(boss.send("PATCH", TOKENS + "/" + any, "{\"requestsPerSecond\":1}")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(Rows.count("api.token where id = '" + id + "' and version = 1"))
                .isEqualTo(1);
    }

    @Test
    void isObeyedAtOnceWhereItWasRevoked() {
        String token = made("x", "viewer", "");
        Client holder = new Client(port, token);
        assertThat(holder.call("GET", ME).status()).isEqualTo(200);

        assertThat(admin.call("DELETE", TOKENS + "/" + Tenants.id(token)).status())
                .isEqualTo(204);

        assertThat(holder.call("GET", ME).status()).isEqualTo(401);
        assertThat(admin.call("DELETE", TOKENS + "/" + Tenants.id(token)).status())
                .isEqualTo(404);
    }

    @Test
    void isObeyedSoonWhereItWasRevokedElsewhereOrHasExpired() {
        for (String change : new String[] {"delete from api.token", "update api.token set expires_at = now()"}) {
            Client holder = new Client(port, made("x", "viewer", ""));
            assertThat(holder.call("GET", ME).status()).isEqualTo(200);

            long began = System.nanoTime();
            Rows.change(change);

            Rows.await("401", () -> holder.call("GET", ME).status() == 401);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(OBEYED.plusSeconds(1));
        }
    }

    @Test
    void aStreamIsCutOffWithItsToken() throws Exception {
        String token = made("x", "viewer", "");
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        long began = System.nanoTime();
        Rows.change("delete from api.token");

        readToItsEnd(stream.body());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(OBEYED);
    }

    private static void readToItsEnd(InputStream body) {
        try (body) {
            body.readAllBytes();
        } catch (IOException cut) {
            assertThat(cut).isNotNull();
        }
    }

    @Test
    void isGoodForAMomentWhilePostgresIsAwayAndNotForLonger() {
        Client holder = new Client(port, made("x", "viewer", ""));
        assertThat(holder.call("GET", ME).status()).isEqualTo(200);

        // These servers keep no commit of the last moment over a death.
        Rows.change("checkpoint");
        ApiServers.postgres().kill();
        try {
            assertThat(holder.call("GET", ME).status()).isEqualTo(200);
            Rows.await("503", () -> holder.call("GET", ME).status() == 503);
            assertThat(admin.call("GET", ME).status()).isEqualTo(200);
        } finally {
            ApiServers.postgres().restart();
        }

        Rows.await("the token is known again", () -> holder.call("GET", ME).status() == 200);
    }

    private Reply expiringAt(Instant at) {
        return admin.post(TOKENS, "{\"name\":\"x\",\"role\":\"viewer\",\"expiresAt\":\"%s\"}".formatted(at));
    }

    private Reply patch(String id, String body, String... headers) {
        return admin.send("PATCH", TOKENS + "/" + id, body, headers);
    }

    private String made(String name, String role, String more) {
        Reply made = admin.post(TOKENS, "{\"name\":\"%s\",\"role\":\"%s\"%s}".formatted(name, role, more));
        assertThat(made.status()).isEqualTo(201);
        return made.json().get("token").asText();
    }

    private static Instant time(Reply reply, String field) {
        return Instant.parse(reply.json().get(field).asText());
    }
}
