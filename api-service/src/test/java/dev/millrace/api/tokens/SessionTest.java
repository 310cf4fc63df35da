package dev.millrace.api.tokens;

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
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class SessionTest {

    private static final String SESSION = "/api/v1/session";
    private static final String ME = "/api/v1/me";
    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";

    /** Within which a session that is over is obeyed nowhere, and a little for the machine. */
    private static final Duration OBEYED = Duration.ofSeconds(6);

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client admin;
    private Client browser;

    @BeforeEach
    void openStage() {
        stage.opened(port);
        admin = SwitchedOn.admin(port);
        browser = new Client(port);
        Rows.change("delete from api.token");
        Rows.change("delete from api.session");
    }

    @Test
    void isOpenedWithATokenAndGoodInItsPlace() {
        String token = made("submitter");
        Reply opened = new Client(port, token).call("POST", SESSION);
        String cookie = cookie(opened);

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.header("Cache-Control")).isEqualTo("no-store");
        assertThat(opened.header("Set-Cookie"))
                .matches(
                        "millrace=ms_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}; Path=/; Max-Age=[0-9]+; HttpOnly; SameSite=Strict");
        Reply me = browser.call("GET", ME, "Cookie", "other=1; " + cookie);
        assertThat(me.json()).isEqualTo(opened.json());
        assertThat(me.json().get("token").asText()).isEqualTo(Tenants.id(token));
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(me.json().get("expiresAt").asText())))
                .isBetween(Duration.ofHours(11), Duration.ofHours(12));
        assertThat(submit(cookie, "same-origin").status()).isEqualTo(202);
        assertThat(browser.call("GET", "/api/v1/tokens", "Cookie", cookie).status())
                .isEqualTo(403);
        assertThat(Rows.count("api.session s where s::text like '%" + secret(cookie) + "%'"))
                .isZero();
    }

    @Test
    void isOpenedByBasicAndByTheTokenOfTheEnvironmentToo() {
        Reply basic =
                browser.call("POST", SESSION, "Authorization", "Basic " + Tenants.base64("any:" + made("viewer")));
        Reply installation = admin.call("POST", SESSION);

        assertThat(browser.call("GET", ME, "Cookie", cookie(basic))
                        .json()
                        .get("role")
                        .asText())
                .isEqualTo("viewer");
        assertThat(browser.call("GET", ME, "Cookie", cookie(installation))
                        .json()
                        .get("role")
                        .asText())
                .isEqualTo("admin");
        assertThat(browser.send(
                                "POST",
                                "/api/v1/tokens",
                                "{\"name\":\"x\",\"role\":\"viewer\",\"tenant\":\"other\"}",
                                "Cookie",
                                cookie(installation),
                                "Sec-Fetch-Site",
                                "same-origin")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void ofTheTokenOfTheEnvironmentEndsWithAnotherToken() {
        String cookie = cookie(admin.call("POST", SESSION));

        Rows.change("update api.session set bound_to = sha256('another token')");

        assertThat(browser.call("GET", ME, "Cookie", cookie).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void changesNothingForPagesOfOthers(String site) {
        String cookie = cookie(new Client(port, made("admin")).call("POST", SESSION));

        Reply refused = submit(cookie, site);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("cross-site");
        assertThat(browser.send("POST", "/api/v1/jobs", JOB, "Cookie", cookie).problem())
                .isEqualTo("cross-site");
        assertThat(browser.call("DELETE", SESSION, "Cookie", cookie, "Sec-Fetch-Site", site)
                        .status())
                .isEqualTo(403);
        assertThat(browser.call("GET", ME, "Cookie", cookie, "Sec-Fetch-Site", site)
                        .status())
                .isEqualTo(200);
        assertThat(Rows.count("api.job")).isZero();
    }

    @Test
    void aPasswordThatABrowserKeepsChangesNothingForPagesOfOthersEither() {
        String basic = "Basic " + Tenants.base64("any:" + made("submitter"));

        assertThat(browser.send("POST", "/api/v1/jobs", JOB, "Authorization", basic, "Sec-Fetch-Site", "cross-site")
                        .problem())
                .isEqualTo("cross-site");
        assertThat(browser.call("POST", SESSION, "Authorization", basic, "Sec-Fetch-Site", "cross-site")
                        .problem())
                .isEqualTo("cross-site");
        assertThat(browser.send("POST", "/api/v1/jobs", JOB, "Authorization", basic)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void isNoTokenAndNoTokenIsOne() {
        String token = made("viewer");
        String session = cookie(new Client(port, token).call("POST", SESSION)).substring("millrace=".length());

        assertThat(new Client(port, session).call("GET", ME).status()).isEqualTo(401);
        assertThat(browser.call("GET", ME, "Cookie", "millrace=" + token).status())
                .isEqualTo(401);
        assertThat(browser.call("GET", ME, "Cookie", "millrace=" + SwitchedOn.ADMIN_TOKEN)
                        .status())
                .isEqualTo(401);
        assertThat(browser.call("GET", ME, "Cookie", "millrace=" + session + "; millrace=" + session)
                        .status())
                .isEqualTo(401);
        assertThat(browser.call("GET", ME, "Cookie", "__Host-millrace=" + session)
                        .status())
                .as("what is sent without TLS on loopback is not called so")
                .isEqualTo(401);
    }

    @Test
    void opensNoOther() {
        String cookie = cookie(new Client(port, made("viewer")).call("POST", SESSION));

        assertThat(browser.call("POST", SESSION, "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(401);
        assertThat(Rows.count("api.session")).isEqualTo(1);
    }

    @Test
    void isNotOpenedByABodyThatSaysSomething() {
        Client caller = new Client(port, made("viewer"));

        assertThat(caller.send("POST", SESSION, "{\"lifetime\":\"P1D\"}").status())
                .isEqualTo(400);
        assertThat(caller.send("POST", SESSION, "{\"lifetime\":\"\\u0000\"}").status())
                .isEqualTo(422);
    }

    @Test
    void isOverAtOnceWhereItIsClosed() {
        String cookie = cookie(new Client(port, made("viewer")).call("POST", SESSION));
        assertThat(browser.call("GET", ME, "Cookie", cookie).status()).isEqualTo(200);

        Reply closed = browser.call("DELETE", SESSION, "Cookie", cookie, "Sec-Fetch-Site", "same-origin");

        assertThat(closed.status()).isEqualTo(204);
        assertThat(closed.header("Set-Cookie")).startsWith("millrace=; ").contains("Max-Age=0");
        assertThat(browser.call("GET", ME, "Cookie", cookie).status()).isEqualTo(401);
        assertThat(new Client(port, made("viewer")).call("DELETE", SESSION).status())
                .as("of a call without a session")
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from api.token",
                "update api.token set expires_at = now()",
                "update api.session set expires_at = now()",
                "delete from api.session"
            })
    void isObeyedNowhereSoonAfterItsEnd(String end) {
        String cookie = cookie(new Client(port, made("viewer")).call("POST", SESSION));
        assertThat(browser.call("GET", ME, "Cookie", cookie).status()).isEqualTo(200);

        long began = System.nanoTime();
        Rows.change(end);

        Rows.await("401", () -> browser.call("GET", ME, "Cookie", cookie).status() == 401);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(OBEYED.plusSeconds(1));
    }

    @Test
    void letsAnEventSourceInAndCutsItOffAtItsEnd() throws Exception {
        String cookie = cookie(new Client(port, made("viewer")).call("POST", SESSION));
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                                .header("Cookie", cookie)
                                .header("Sec-Fetch-Site", "same-origin")
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        long began = System.nanoTime();
        Rows.change("delete from api.session");

        readToItsEnd(stream.body());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(OBEYED);
    }

    @Test
    void oneMoreThanATokenMayHaveEndsTheOldest() {
        String token = made("viewer");
        String first = cookie(new Client(port, token).call("POST", SESSION));
        Rows.change("update api.session set created_at = now() - interval '1 hour'");
        Rows.change("insert into api.session (id, hash, token, tenant, role, name, expires_at)"
                + " select 'filler' || n, sha256(('f' || n)::bytea), token, tenant, role, name, expires_at"
                + " from api.session, generate_series(1, " + (SessionTable.MOST - 1) + ") n");

        Reply last = new Client(port, token).call("POST", SESSION);

        assertThat(Rows.count("api.session")).isEqualTo(SessionTable.MOST);
        assertThat(browser.call("GET", ME, "Cookie", cookie(last)).status()).isEqualTo(200);
        assertThat(browser.call("GET", ME, "Cookie", first).status()).isEqualTo(401);
    }

    @Test
    void thoseThatAreOverAreDeletedWhenAnotherIsOpened() {
        String token = made("viewer");
        IntStream.range(0, 3).forEach(i -> new Client(port, token).call("POST", SESSION));
        Rows.change("update api.session set expires_at = now()");

        admin.call("POST", SESSION);

        assertThat(Rows.count("api.session")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events?access_token=%s",
                "/api/v1/jobs?cursor=%s",
                "/api/v1/jobs/%s",
                "/api/v1/me?token=x"
            })
    void noTokenIsTakenFromAnAddress(String path) {
        String token = made("viewer");
        Reply refused = new Client(port, token).call("GET", path.formatted(token));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("token-in-address");
        assertThat(refused.http().body()).doesNotContain(token);
    }

    private static void readToItsEnd(InputStream body) {
        try (body) {
            body.readAllBytes();
        } catch (IOException cut) {
            assertThat(cut).isNotNull();
        }
    }

    private Reply submit(String cookie, String site) {
        return browser.send("POST", "/api/v1/jobs", JOB, "Cookie", cookie, "Sec-Fetch-Site", site);
    }

    /** As a browser sends it. */
    private static String cookie(Reply reply) {
        return reply.header("Set-Cookie").replaceAll(";.*", "");
    }

    private static String secret(String cookie) {
        return cookie.substring(cookie.length() - 43);
    }

    private String made(String role) {
        return SwitchedOn.token(admin, role, "default");
    }
}
