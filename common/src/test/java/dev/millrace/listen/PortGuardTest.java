package dev.millrace.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortGuardTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Access(boolean enabled, Optional<String> metricsToken) implements ListenConfig {}

    private static final Access ON = new Access(true, Optional.of(TOKEN));
    private static final Access WITHOUT_TOKEN = new Access(true, Optional.empty());
    private static final Access OFF = new Access(false, Optional.empty());

    private static int port(String host, Access access) {
        Router router = Router.router(VERTX);
        router.get("/q/*").handler(call -> call.response().end("shown"));
        PortGuard.of(host, access).stand(router);
        HttpServer server = VERTX.createHttpServer().requestHandler(router);
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static HttpResponse<String> get(int port, String path, @Nullable String header) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (header != null) {
            request.header("Authorization", header);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void asksForNothingOnLoopback(String host) throws Exception {
        for (Access access : new Access[] {ON, WITHOUT_TOKEN, OFF}) {
            assertThat(get(port(host, access), "/q/metrics", null).body()).isEqualTo("shown");
        }
    }

    @Test
    void asksForTheTokenWhereOthersAreAndShowsHealthToAll() throws Exception {
        int port = port("0.0.0.0", ON);
        String basic = Base64.getEncoder().encodeToString(("any:" + TOKEN).getBytes(StandardCharsets.UTF_8));

        assertThat(get(port, "/q/health/ready", null).statusCode()).isEqualTo(200);
        for (String path :
                new String[] {"/q/metrics", "/q/metrics/", "/q/metrics?x=1", "/q/%6Detrics", "/q/./metrics"}) {
            HttpResponse<String> refused = get(port, path, null);
            assertThat(refused.statusCode()).as(path).isEqualTo(401);
            assertThat(refused.body()).isEmpty();
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("Bearer", "Basic");
        }
        assertThat(get(port, "/q/metrics", "Bearer " + TOKEN).body()).isEqualTo("shown");
        assertThat(get(port, "/q/metrics", "bearer " + TOKEN).body()).isEqualTo("shown");
        assertThat(get(port, "/q/metrics", "Basic " + basic).body()).isEqualTo("shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer ", "Bearer", "Basic %%%", "Digest " + TOKEN, TOKEN, ""})
    void showsNothingToWhoeverShowsSomethingElse(String header) throws Exception {
        assertThat(get(port("0.0.0.0", ON), "/q/metrics", header).statusCode()).isEqualTo(401);
    }

    @Test
    void showsMetersToNobodyWhereThereIsNoToken() throws Exception {
        int port = port("0.0.0.0", WITHOUT_TOKEN);

        assertThat(get(port, "/q/metrics", "Bearer " + TOKEN).statusCode()).isEqualTo(401);
        assertThat(get(port, "/q/metrics", null).statusCode()).isEqualTo(401);
    }

    @Test
    void stopsAServiceThatOthersCouldReachAndThatAsksNobody() {
        assertThatThrownBy(() -> PortGuard.of("0.0.0.0", OFF))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MILLRACE_ACCESS_ENABLED=true");
    }

    @Test
    void refusesATokenThatCanBeGuessedAndDoesNotQuoteIt() {
        Access weak = new Access(true, Optional.of("guess-me"));

        assertThatThrownBy(() -> PortGuard.of("127.0.0.1", weak))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_ACCESS_METRICS_TOKEN")
                .hasMessageNotContaining("guess-me");
    }
}
