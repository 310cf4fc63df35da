package dev.millrace.worker.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
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
    private final Instant soon = Instant.now().plus(Duration.ofMinutes(1));
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
                .get(request("GET", Map.of(header, "secret"), Optional.empty(), Redirects.FOLLOW))
                .close();

        assertThat(arrived).containsExactly("null");
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, POST text/plain data",
        "302, POST, POST text/plain data",
        "303, POST, 'GET null '",
        "307, POST, POST text/plain data",
        "302, PUT, PUT text/plain data"
    })
    void repeatsMethodAndBodyIfItIsToldTo(int status, String method, String then) throws IOException {
        redirect(status, "/to");

        send(method, Optional.of("data"), Redirects.SAME_METHOD);

        assertThat(arrived).containsExactly(then);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302})
    void keepsABodyFromOtherOriginsThoughItIsToldToRepeatIt(int status) {
        redirect(status, "http://other.example:" + web.port() + "/to");

        assertThatThrownBy(() -> send("POST", Optional.of("data"), Redirects.SAME_METHOD))
                .isInstanceOf(OutboundRefused.class)
                .hasMessageContaining("to another origin");
        assertThat(arrived).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void returnsTheRedirectIfItIsToldTo(int status) throws IOException {
        redirect(status, "/to");

        var request = request("POST", Map.of(), Optional.empty(), Redirects.NONE);
        try (var response = LocalWeb.client().send(request, Redirects::isRedirect)) {
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Location")).hasValue("/to");
            assertThat(response.hops()).containsExactly(new Hop("POST", web.url("/from"), status));
        }
        assertThat(arrived).isEmpty();
    }

    @Test
    void saysWhichRequestsWereMade() throws IOException {
        redirect(302, "/to?token=secret");

        var request = request("POST", Map.of(), Optional.of("data"), Redirects.FOLLOW);
        try (var response = LocalWeb.client().send(request, status -> status == 200)) {
            assertThat(response.hops())
                    .containsExactly(new Hop("POST", web.url("/from"), 302), new Hop("GET", web.url("/to"), 200));
        }
        assertThatThrownBy(() -> LocalWeb.client().send(request, status -> status == 201))
                .hasMessage("%s answered with status 200, asked with GET after redirects: 1.", web.url("/to"));
    }

    /** What stands in the field, each octet as one character, and what the next request is for. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '`',
            value = {
                "/to -> /to",
                "to -> /a/to",
                "../to -> /to",
                "../../to -> /to",
                "./to/./x/../y -> /a/to/y",
                "?x=1 -> /a/b?x=1",
                "#part -> /a/b?q=1",
                "`` -> /a/b?q=1",
                "/to#part -> /to",
                "//localhost:PORT/to -> /to",
                "//localhost:PORT -> /",
                "http://LOCALHOST.:PORT?x -> /?x",
                "HTTP://localhost:PORT/to -> /to",
                "/a b -> /a%20b",
                "/a|b -> /a%7Cb",
                "/c\u00c3\u00a9u -> /c%C3%A9u",
                "/c\u00e9u -> /c%E9u",
                "/c%C3%A9u -> /c%C3%A9u",
                "/a%20b%2Fc -> /a%20b%2Fc",
                "/100% -> /100%25",
                "/s?q=a b&r=\u00c3\u00bc -> /s?q=a%20b&r=%C3%BC",
                "/<a>^`{} -> /%3Ca%3E%5E%60%7B%7D",
                "/a\tb -> /a%09b",
                "/f?x[0]=1&y={z} -> /f?x[0]=1&y=%7Bz%7D"
            })
    void goesWhereBrowsersAndCurlGo(String location, String next) throws IOException {
        try (var server = new RawServer(
                InetAddress.getLoopbackAddress(),
                port -> List.of(
                        "HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n".formatted(location.replace("PORT", port)),
                        "HTTP/1.1 200 OK\r\n\r\n"))) {
            LocalWeb.client()
                    .get(OutboundRequest.get(server.url("/a/b?q=1"), soon))
                    .close();

            assertThat(server.requests()).containsExactly("GET /a/b?q=1", "GET " + next);
        }
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
        send(method, body, Redirects.FOLLOW);
    }

    private void send(String method, Optional<String> body, Redirects redirects) throws IOException {
        Map<String, String> headers = body.isPresent() ? Map.of("Content-Type", "text/plain") : Map.of();
        LocalWeb.client()
                .send(request(method, headers, body, redirects), status -> status == 200)
                .close();
    }

    private OutboundRequest request(
            String method, Map<String, String> headers, Optional<String> body, Redirects redirects) {
        return new OutboundRequest(
                method, web.url("/from"), headers, body, soon, Optional.empty(), OptionalLong.empty(), redirects);
    }
}
