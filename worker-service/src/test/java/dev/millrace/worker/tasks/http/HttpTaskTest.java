package dev.millrace.worker.tasks.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.worker.outbound.Hop;
import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.outbound.OutboundFailed;
import dev.millrace.worker.outbound.OutboundRefused;
import dev.millrace.worker.outbound.RawServer;
import dev.millrace.worker.tasks.RecordingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTaskTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
    private final LocalWeb web = new LocalWeb();
    private final HttpTask task = new HttpTask(LocalWeb.client(), CLOCK);
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void sendsJsonAndReturnsJson() throws IOException {
        echo("/orders", 201, "application/json; charset=utf-8", "{\"id\":7,\"price\":2.50}");

        HttpReply reply =
                request("{'url':'%s','method':'post','headers':{'X-Trace':'1'},'body':{'sku':'ü'}}", "/orders");

        assertThat(seen)
                .containsEntry("method", "POST")
                .containsEntry("body", "{\"sku\":\"ü\"}")
                .containsEntry("Content-type", "application/json")
                .containsEntry("X-trace", "1");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers()).containsEntry("content-type", "application/json; charset=utf-8");
        assertThat(reply.url()).isEqualTo(web.url("/orders"));
        assertThat(reply.durationMs()).isZero();
        assertThat(json.writeValueAsString(reply))
                .contains("\"body\":{\"id\":7,\"price\":2.50}")
                .doesNotContain("bodyBase64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'<a/>' | text/xml | <a/>",
                "'plain' | application/json; charset=utf-8 | \"plain\"",
                "'[1]' | application/vnd.api+json | [1]",
                "[1,null] | application/vnd.api+json | [1,null]"
            })
    void sendsAStringAsTheTypeThatItsHeaderNames(String body, String type, String sent) throws IOException {
        echo("/in", 200, "text/plain", "ok");

        request(
                "{'url':'%s','method':'PUT','headers':{'content-type':'" + type + "'},'body':" + quoted(body) + "}",
                "/in");

        assertThat(seen).containsEntry("body", sent).containsEntry("Content-type", type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "text/plain; charset=latin1"})
    void refusesABodyThatIsNotOfTheTypeNamed(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(
                        "{'url':'%s','method':'POST','headers':{'Content-Type':'" + type + "'},'body':{}}", "/in"))
                .withMessageContaining("Content-Type");
    }

    @Test
    void returnsTextAsAStringAndOtherBytesAsBase64() throws IOException {
        web.serve("/latin", "text/plain; charset=ISO-8859-1", new byte[] {(byte) 0xfc})
                .serve("/image", "image/png", new byte[] {1, 2, 3})
                .serve("/lie", "text/plain", new byte[] {(byte) 0xff})
                .serve("/empty", "text/plain", new byte[0]);

        assertThat(request("{'url':'%s'}", "/latin").body()).hasToString("\"ü\"");
        assertThat(request("{'url':'%s'}", "/image").bodyBase64()).isEqualTo("AQID");
        assertThat(request("{'url':'%s'}", "/lie").bodyBase64()).isEqualTo("/w==");
        HttpReply empty = request("{'url':'%s'}", "/empty");
        assertThat(empty.body()).isNull();
        assertThat(empty.bodyBase64()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{\"a\":1,\"a\":2}", "{} {}", "1e999999", "\"\\ud800\""})
    void returnsJsonThatIsBrokenOrHostileAsText(String body) throws IOException {
        web.serve("/bad", "application/json", body.getBytes(UTF_8));

        assertThat(request("{'url':'%s'}", "/bad").body())
                .isEqualTo(json.getNodeFactory().textNode(body));
    }

    @Test
    void returnsWhatNoStoreTakesAsBase64() throws IOException {
        web.serve("/nul", "application/json", "\"\\u0000\"".getBytes(UTF_8)).serve("/raw", "text/plain", new byte[1]);

        assertThat(request("{'url':'%s'}", "/nul").bodyBase64()).isEqualTo("Ilx1MDAwMCI=");
        assertThat(request("{'url':'%s'}", "/raw").bodyBase64()).isEqualTo("AA==");
    }

    @Test
    void asksForHeadersOnly() throws IOException {
        web.serve("/page", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=secret");
            exchange.getResponseHeaders().add("X-Part", "1");
            exchange.getResponseHeaders().add("X-Part", "2");
            exchange.sendResponseHeaders(200, -1);
        });

        HttpReply reply = request("{'url':'%s','method':'HEAD'}", "/page");

        assertThat(reply.headers()).containsEntry("x-part", "1, 2").doesNotContainKey("set-cookie");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410, 422})
    void failsForGoodOnAClientError(int status) {
        status("/no", status);

        assertThatThrownBy(() -> request("{'url':'%s'}", "/no"))
                .isInstanceOfSatisfying(
                        StatusRefused.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessage("%s answered with status %d.", web.url("/no"), status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void failsForNowOnWhatPasses(int status) {
        status("/later", status);

        assertThatThrownBy(() -> request("{'url':'%s'}", "/later"))
                .isInstanceOfSatisfying(
                        StatusFailed.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "0, PT0S",
        "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
        "'Sun, 01 Mar 2026 11:00:00 GMT', PT0S",
        "'Sunday, 01-Mar-26 12:00:30 GMT', PT30S",
        "'Sun Mar  1 12:00:30 2026', PT30S",
        "soon,",
        "-1,",
        "99999999999, PT720H",
        "000120, PT2M"
    })
    void carriesHowLongTheServerAsksToBeLeftAlone(String field, Duration expected) {
        web.serve("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", field);
            exchange.sendResponseHeaders(503, -1);
        });

        assertThatThrownBy(() -> request("{'url':'%s'}", "/busy"))
                .isInstanceOfSatisfying(
                        StatusFailed.class,
                        e -> assertThat(e.delay().orElse(null)).isEqualTo(expected));
    }

    @Test
    void takesTheStatusesItIsToldToForASuccess() throws IOException {
        status("/gone", 410);
        web.redirect("/moved", "/gone");

        assertThat(request("{'url':'%s','accept':[410]}", "/gone").status()).isEqualTo(410);
        assertThat(request("{'url':'%s','accept':[302]}", "/moved").status()).isEqualTo(302);
        assertThatThrownBy(() -> request("{'url':'%s','accept':[200]}", "/gone"))
                .isInstanceOf(StatusRefused.class);
    }

    @Test
    void saysWhereTheAnswerCameFrom() throws IOException {
        web.redirect("/from", "/to?a=1").serve("/to", "there");

        assertThat(request("{'url':'%s'}", "/from").url()).isEqualTo(web.url("/to?a=1"));
        assertThatThrownBy(() -> task.request(
                        json.readValue("{\"url\":\"http://u:p@localhost/\"}", HttpRequest.class),
                        RecordingContext.ofAttempt(1)))
                .isInstanceOf(OutboundRefused.class)
                .hasMessageNotContaining("u:p");
    }

    @Test
    void saysWhichRequestsWereMade() throws IOException {
        web.redirect("/from", "/to?token=secret").serve("/to", "there");

        HttpReply followed = request("{'url':'%s','method':'POST','body':1}", "/from");
        HttpReply kept = request("{'url':'%s','method':'POST','body':1,'redirects':'same-method'}", "/from");
        HttpReply returned = request("{'url':'%s','method':'POST','body':1,'redirects':'none'}", "/from");

        assertThat(followed.requests())
                .containsExactly(new Hop("POST", web.url("/from"), 302), new Hop("GET", web.url("/to"), 200));
        assertThat(kept.requests()).extracting(Hop::method).containsExactly("POST", "POST");
        assertThat(returned.status()).isEqualTo(302);
        assertThat(returned.requests()).containsExactly(new Hop("POST", web.url("/from"), 302));
        assertThat(returned.headers()).containsEntry("location", "/to?token=secret");
    }

    @Test
    void returnsNoRedirectThatIsNotAccepted() {
        web.redirect("/from", "/to");

        assertThatThrownBy(() -> request("{'url':'%s','redirects':'none','accept':[200]}", "/from"))
                .isInstanceOf(StatusRefused.class)
                .hasMessageEndingWith("answered with status 302.");
    }

    @Test
    void readsFieldsAsUtf8IfTheyCanBe() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nX-New: gr\u00c3\u00bcn\r\nX-Old: gr\u00fcn\r\n\r\n";
        try (var server = new RawServer(answer)) {
            String payload = "{\"url\":\"%s\"}".formatted(server.url("/"));

            HttpReply reply = task.request(json.readValue(payload, HttpRequest.class), RecordingContext.ofAttempt(1));

            assertThat(reply.headers()).containsEntry("x-new", "grün").containsEntry("x-old", "grün");
        }
    }

    @Test
    void saysHowManyFieldsDidNotFit() throws IOException {
        web.serve("/much", exchange -> {
            for (int i = 10; i < 30; i++) {
                exchange.getResponseHeaders().set("X-" + i, "x".repeat(1_000));
            }
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            exchange.sendResponseHeaders(200, -1);
        });

        HttpReply reply = request("{'url':'%s'}", "/much");

        assertThat(reply.headers()).hasSizeBetween(8, 12);
        assertThat(reply.headers().size() + reply.headersLeftOut()).isEqualTo(22);
    }

    @Test
    void refusesMoreThanWasAskedForAndMoreThanAResultHolds() throws IOException {
        web.serve("/ten", "0123456789")
                .serve("/most", "image/png", new byte[176 * 1024])
                .serve("/more", "image/png", new byte[176 * 1024 + 1])
                .serve("/escapes", "\u0001".repeat(100_000));

        assertThat(request("{'url':'%s','maxBytes':10}", "/ten").body()).isNotNull();
        assertThatThrownBy(() -> request("{'url':'%s','maxBytes':9}", "/ten")).isInstanceOf(OutboundRefused.class);
        assertThat(json.writeValueAsBytes(request("{'url':'%s'}", "/most"))).hasSizeLessThan(256 * 1024);
        assertThatThrownBy(() -> request("{'url':'%s'}", "/more")).isInstanceOf(OutboundRefused.class);
        assertThatThrownBy(() -> request("{'url':'%s'}", "/escapes"))
                .isInstanceOf(UnfitReply.class)
                .hasMessageContaining("600,002 bytes");
    }

    @Test
    void failsForNowWhenTheConnectionIsCut() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(server));
            String payload = "{\"url\":\"http://localhost:%d/\",\"method\":\"POST\",\"body\":1}"
                    .formatted(server.getLocalPort());

            assertThatThrownBy(() ->
                            task.request(json.readValue(payload, HttpRequest.class), RecordingContext.ofAttempt(1)))
                    .isInstanceOfSatisfying(
                            OutboundFailed.class, e -> assertThat(e.status()).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'method':'TRACE' | none of",
                "'method':'GET','body':1 | takes no body",
                "'headers':{'X':'a\\r\\nY: b'} | line break",
                "'headers':{'X\\r\\nY':'a'} | name has characters",
                "'headers':{'host':'a'} | set by the connection",
                "'headers':{'Content-Length':'1'} | set by the connection",
                "'headers':{'Transfer-Encoding':'chunked'} | set by the connection",
                "'headers':{'Proxy-Authorization':'a'} | set by the connection",
                "'headers':{'X':null} | header is null"
            })
    void refusesWhatWouldBreakTheRequest(String fields, String message) {
        assertThatThrownBy(() -> request("{'url':'%s'," + fields + "}", "/in")).hasStackTraceContaining(message);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'url':' '",
                "'url':'http://a','timeout':'PT0S'",
                "'url':'http://a','timeout':'PT11M'",
                "'url':'http://a','maxBytes':-1",
                "'url':'http://a','maxBytes':180225",
                "'url':'http://a','accept':[199]",
                "'url':'http://a','accept':[600]",
                "'url':'http://a','accept':[null]"
            })
    void refusesPayloadsThatMakeNoSense(String fields) {
        assertThatThrownBy(() -> json.readValue(quoted("{" + fields + "}"), HttpRequest.class))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private HttpReply request(String payload, String path) throws IOException {
        String text = quoted(payload).formatted(web.url(path));
        return task.request(json.readValue(text, HttpRequest.class), RecordingContext.ofAttempt(1));
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    private void echo(String path, int status, String type, String answer) {
        web.serve(path, exchange -> {
            seen.put("method", exchange.getRequestMethod());
            seen.put("body", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getRequestHeaders().forEach((name, values) -> seen.put(name, values.getFirst()));
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
        });
    }

    private void status(String path, int status) {
        web.serve(path, exchange -> exchange.sendResponseHeaders(status, -1));
    }

    private static void hangUp(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
