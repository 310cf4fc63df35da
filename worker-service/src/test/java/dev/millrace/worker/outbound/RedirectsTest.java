package dev.millrace.worker.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

    private final LocalWeb web = new LocalWeb();
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        web.close();
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "303, PUT, GET",
        "303, DELETE, GET",
        "303, HEAD, HEAD",
        "301, PUT, PUT",
        "302, DELETE, DELETE",
        "307, POST, POST",
        "308, PATCH, PATCH"
    })
    void changesTheMethodAsTheStatusDemands(int status, String method, String then) throws IOException {
        redirect(status, "/to");
        boolean carriesBody = !method.equals("HEAD");

        send(method, carriesBody ? Optional.of("data") : Optional.empty());

        boolean kept = carriesBody && method.equals(then);
        assertThat(arrived).containsExactly(then + (kept ? " text/plain data" : " null "));
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void keepsABodyFromOtherOrigins(int status) {
        redirect(status, "http://other.example:" + web.port() + "/to");

        assertThatThrownBy(() -> send("POST", Optional.of("data")))
                .isInstanceOf(OutboundRefused.class)
                .hasMessage("%s redirects a request with a body to another origin: not sent there.", web.url("/from"));
        assertThat(arrived).isEmpty();
    }

    @Test
    void followsToAnotherOriginWithoutTheBodyIfTheMethodBecomesGet() throws IOException {
        redirect(303, "http://other.example:" + web.port() + "/to");

        send("POST", Optional.of("data"));

        assertThat(arrived).containsExactly("GET null ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Cookie", "X-Api-Key", "X-Auth-Token", "Private-Token", "X-Hub-Signature"})
    void keepsWhateverMayBeACredentialFromOtherOrigins(String header) throws IOException {
        web.redirect("/from", "http://other.example:" + web.port() + "/to").serve("/to", exchange -> {
            arrived.add(String.valueOf(exchange.getRequestHeaders().getFirst(header)));
            exchange.sendResponseHeaders(200, -1);
        });

        LocalWeb.client()
                .get(request("GET", Map.of(header, "secret"), Optional.empty()))
                .close();

        assertThat(arrived).containsExactly("null");
    }

    private void redirect(int status, String location) {
        web.serve("/from", exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().set("Location", location);
                    exchange.sendResponseHeaders(status, -1);
                })
                .serve("/to", exchange -> {
                    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    String type = exchange.getRequestHeaders().getFirst("Content-Type");
                    arrived.add("%s %s %s".formatted(exchange.getRequestMethod(), type, body));
                    exchange.sendResponseHeaders(200, -1);
                });
    }

    private void send(String method, Optional<String> body) throws IOException {
        Map<String, String> headers = body.isPresent() ? Map.of("Content-Type", "text/plain") : Map.of();
        LocalWeb.client()
                .send(request(method, headers, body), status -> status == 200)
                .close();
    }

    private OutboundRequest request(String method, Map<String, String> headers, Optional<String> body) {
        Instant soon = Instant.now().plus(Duration.ofMinutes(1));
        return new OutboundRequest(
                method, web.url("/from"), headers, body, soon, Optional.empty(), OptionalLong.empty());
    }
}
