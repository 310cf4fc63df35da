package dev.millrace.api.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That they are on every answer which a test of this module gets is asked by {@code Answer}; here, what they say. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class SafeHeadersTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private HttpResponse<InputStream> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /api/v1/jobs, 200",
        "GET, /api/v1/events, 200",
        "HEAD, /api/v1/jobs, 200",
        "GET, /problems, 200",
        "GET, /q/health/live, 200",
        "GET, /q/metrics, 200",
        "GET, /q/openapi, 200",
        "GET, /nowhere, 404",
        "GET, /q/nowhere, 404",
        "PUT, /api/v1/jobs, 405",
        "OPTIONS, /api/v1/jobs, 200",
        "POST, /api/v1/jobs, 400",
        "GET, /api/v1/jobs?limit=0, 400"
    })
    void areOnEveryAnswer(String method, String path, int status) throws Exception {
        HttpResponse<InputStream> answer = ask(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(values(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(values(answer, "Content-Security-Policy"))
                .containsExactly("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(values(answer, "X-Frame-Options")).containsExactly("DENY");
        assertThat(values(answer, "Referrer-Policy")).containsExactly("no-referrer");
        assertThat(values(answer, "Cross-Origin-Opener-Policy")).containsExactly("same-origin");
        assertThat(values(answer, "Cross-Origin-Resource-Policy")).containsExactly("same-origin");
        assertThat(values(answer, "Cache-Control")).hasSize(1);
        assertThat(values(answer, "Strict-Transport-Security")).isEmpty();
        assertThat(values(answer, "Server")).isEmpty();
        assertThat(values(answer, "X-Powered-By")).isEmpty();
    }

    @Test
    void leaveWhatAnAnswerSaysItself() throws Exception {
        assertThat(values(ask("GET", "/api/v1/events"), "Cache-Control")).containsExactly("no-cache, no-transform");
        assertThat(values(ask("GET", "/api/v1/jobs"), "Cache-Control")).containsExactly("no-store");
    }

    @Test
    void askForTlsWhereACallCameByIt() throws Exception {
        assertThat(values(ask("GET", "/", "X-Forwarded-Proto", "https"), "Strict-Transport-Security"))
                .containsExactly("max-age=31536000");
        assertThat(values(ask("GET", "/", "X-Forwarded-Proto", "http"), "Strict-Transport-Security"))
                .isEmpty();
    }

    private static List<String> values(HttpResponse<InputStream> answer, String name) {
        return answer.headers().allValues(name);
    }
}
