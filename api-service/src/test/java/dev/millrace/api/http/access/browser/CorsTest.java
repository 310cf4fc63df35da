package dev.millrace.api.http.access.browser;

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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As browsers ask and read, of pages of named origins and of others, with tokens and with sessions. */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class CorsTest {

    private static final String JOBS = "/api/v1/jobs";
    private static final String ME = "/api/v1/me";
    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client admin;

    @BeforeEach
    void openStage() {
        stage.opened(port);
        admin = SwitchedOn.admin(port);
        Rows.change("delete from api.session");
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + JOBS))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String header(HttpHeaders headers, String name) {
        return String.join("|", headers.allValues(name));
    }

    @Test
    void tellsABrowserWhatPagesOfANamedOriginMaySend() throws Exception {
        HttpResponse<String> told = preflight(SwitchedOn.CALLING_ORIGIN);

        assertThat(told.statusCode()).isEqualTo(204);
        assertThat(header(told.headers(), ALLOW_ORIGIN)).isEqualTo(SwitchedOn.CALLING_ORIGIN);
        assertThat(header(told.headers(), "Access-Control-Allow-Methods")).contains("POST", "PATCH", "DELETE");
        assertThat(header(told.headers(), "Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Last-Event-ID");
        assertThat(header(told.headers(), "Access-Control-Max-Age")).isEqualTo("600");
        assertThat(header(told.headers(), ALLOW_CREDENTIALS)).isEmpty();
        assertThat(header(told.headers(), "Vary")).containsIgnoringCase("origin");
        assertThat(header(told.headers(), "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example",
                "https://console.example.org.attacker.example",
                "https://attacker-console.example.org",
                "http://console.example.org",
                "https://console.example.org:8443",
                "HTTPS://CONSOLE.EXAMPLE.ORG",
                "null",
                "*"
            })
    void saysNothingToPagesOfAnyOther(String origin) throws Exception {
        HttpResponse<String> told = preflight(origin);
        Reply read = admin.call("GET", ME, "Origin", origin);

        assertThat(told.statusCode()).isNotEqualTo(204);
        for (HttpHeaders headers :
                new HttpHeaders[] {told.headers(), read.http().headers()}) {
            assertThat(headers.map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            assertThat(header(headers, "Vary")).containsIgnoringCase("origin");
        }
    }

    @Test
    void letsPagesOfANamedOriginReadWhatTheirTokenMayReadAndWhyItMayNot() {
        Reply read = admin.call("GET", ME, "Origin", SwitchedOn.CALLING_ORIGIN);
        Reply refused = new Client(port).call("GET", ME, "Origin", SwitchedOn.CALLING_ORIGIN);

        assertThat(read.status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(401);
        for (Reply reply : new Reply[] {read, refused}) {
            assertThat(reply.header(ALLOW_ORIGIN)).isEqualTo(SwitchedOn.CALLING_ORIGIN);
            assertThat(reply.header("Access-Control-Expose-Headers"))
                    .contains("ETag", "Location", "Retry-After", "RateLimit");
            assertThat(reply.header(ALLOW_CREDENTIALS)).isEmpty();
        }
    }

    @Test
    void letsTheOriginsThatAreNamedForItUseTheSessionAndNoOthers() throws Exception {
        String cookie =
                admin.call("POST", "/api/v1/session").header("Set-Cookie").replaceAll(";.*", "");
        assertThat(header(preflight(SwitchedOn.TRUSTED_ORIGIN).headers(), ALLOW_CREDENTIALS))
                .isEqualTo("true");

        Reply trusted = submit(cookie, SwitchedOn.TRUSTED_ORIGIN);
        assertThat(trusted.status()).isEqualTo(202);
        assertThat(trusted.header(ALLOW_CREDENTIALS)).isEqualTo("true");

        Reply calling = submit(cookie, SwitchedOn.CALLING_ORIGIN);
        assertThat(calling.problem()).isEqualTo("cross-site");
        assertThat(calling.header(ALLOW_CREDENTIALS)).isEmpty();
        assertThat(submit(cookie, "https://elsewhere.example").problem()).isEqualTo("cross-site");
        assertThat(Rows.count("api.job")).isEqualTo(1);
    }

    private Reply submit(String cookie, String origin) {
        return new Client(port)
                .send("POST", JOBS, JOB, "Cookie", cookie, "Origin", origin, "Sec-Fetch-Site", "same-site");
    }
}
