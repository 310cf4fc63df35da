package dev.millrace.worker.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundHttpTest {

    private static final byte[] ZEROES = new byte[20 * 1024 * 1024];

    private final LocalWeb web = new LocalWeb();

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void keepsTheHostsNameWhileConnectingToItsAddress() throws IOException {
        var host = new AtomicReference<String>();
        web.serve("/page", exchange -> {
            host.set(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, -1);
        });

        fetch(LocalWeb.client(), "http://Feeds.Example.:" + web.port() + "/page?a=ü#part");

        assertThat(host).hasValue("feeds.example:" + web.port());
    }

    @Test
    void readsPlainAndGzipBodiesAlike() throws IOException {
        web.serve("/plain", "hello").serve("/gzip", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(LocalWeb.gzip("hello".getBytes(UTF_8)));
        });

        assertThat(fetch(LocalWeb.client(), web.url("/plain"))).isEqualTo("hello");
        assertThat(fetch(LocalWeb.client(), web.url("/gzip"))).isEqualTo("hello");
    }

    @Test
    void followsRedirectsUpToTheLimit() throws IOException {
        web.redirect("/1", "/2")
                .redirect("/2", "3")
                .redirect("/3", web.url("/4"))
                .serve("/4", "there");
        web.redirect("/0", "/1");

        assertThat(fetch(LocalWeb.client(), web.url("/1"))).isEqualTo("there");
        assertRefused(LocalWeb.client(), "/0", "redirects once more after 3 redirects");
    }

    @Test
    void checksEachRedirectAnew() throws IOException {
        var hits = new AtomicInteger();
        web.redirect("/away", "http://127.0.0.1:" + web.port() + "/inside").serve("/inside", exchange -> {
            hits.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        });
        // The first host is allowed by the block of its address, loopback at large is not.
        var client = LocalWeb.client(
                host -> List.of(InetAddress.getByName("127.0.0.2")),
                Map.of(
                        "millrace.worker.outbound.allow-addresses", "127.0.0.2/32",
                        "millrace.worker.outbound.allow-any-port", "true"));
        try (var relay = new Relay("127.0.0.2", web.port())) {
            assertThatThrownBy(() -> fetch(client, "http://feeds.example:" + relay.port() + "/away"))
                    .isInstanceOf(OutboundRefused.class)
                    .hasMessageContaining("127.0.0.0/8");
        }
        assertThat(hits).hasValue(0);
    }

    @Test
    void sendsCredentialsToTheirOriginOnly() throws IOException {
        var seen = new ConcurrentHashMap<String, List<String>>();
        LocalWeb.Page remember = exchange -> {
            seen.put(
                    exchange.getRequestURI().getPath(),
                    List.copyOf(exchange.getRequestHeaders().keySet()));
            exchange.sendResponseHeaders(200, -1);
        };
        web.redirect("/same", "/kept").redirect("/other", "http://other.example:" + web.port() + "/dropped");
        web.serve("/kept", remember).serve("/dropped", remember);

        for (String path : List.of("/same", "/other")) {
            var headers = Map.of("Authorization", "Bearer x", "Cookie", "a=b", "X-Trace", "1");
            var request = new OutboundRequest(
                    "GET",
                    web.url(path),
                    headers,
                    Optional.empty(),
                    soon(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Redirects.FOLLOW);
            LocalWeb.client().get(request).close();
        }

        assertThat(seen.get("/kept")).contains("Authorization", "Cookie", "X-trace");
        assertThat(seen.get("/dropped")).contains("X-trace").doesNotContain("Authorization", "Cookie");
    }

    @Test
    void saysTheStatusButNotTheQuery() {
        web.serve("/gone", exchange -> exchange.sendResponseHeaders(410, -1));

        assertThatThrownBy(() -> fetch(LocalWeb.client(), web.url("/gone?token=secret")))
                .isInstanceOfSatisfying(
                        OutboundFailed.class, e -> assertThat(e.status()).hasValue(410))
                .hasMessage(web.url("/gone") + " answered with status 410.");
    }

    @Test
    void stopsAtTheCapWhetherAnnouncedOrNot() {
        var client = LocalWeb.loopbackClient(Map.of("max-bytes", "1000"));
        web.serve("/announced", "x".repeat(1001)).serve("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1001]);
        });

        assertRefused(client, "/announced", "larger than the 1000 bytes allowed");
        assertRefused(client, "/chunked", "larger than the 1000 bytes allowed");
    }

    @Test
    void stopsAGzipBomb() {
        web.serve("/bomb", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(LocalWeb.gzip(ZEROES));
        });

        assertRefused(LocalWeb.loopbackClient(Map.of("max-bytes", "1G")), "/bomb", "inflates to more than 100 times");
        assertRefused(
                LocalWeb.loopbackClient(Map.of("max-inflate-ratio", "100000")), "/bomb", "larger than the 10485760");
    }

    @Test
    void endsABodyThatDripsAtTheDeadline() {
        var end = new CountDownLatch(1);
        web.serve("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!await(end, 20)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        });

        assertFailed(
                "/drip", Map.of("total-timeout", "PT0.4S", "connect-timeout", "PT0.3S"), "time allowed for it is over");
        end.countDown();
    }

    @Test
    void endsHeadersThatDripAtTheDeadline() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var end = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> dripHeaders(server, end));
            var client = LocalWeb.loopbackClient(Map.of("total-timeout", "PT0.4S", "connect-timeout", "PT0.3S"));

            assertThatThrownBy(() -> fetch(client, "http://localhost:" + server.getLocalPort() + "/"))
                    .hasMessageContaining("time allowed for it is over");
            end.countDown();
        }
    }

    @Test
    void endsAnAnswerThatFallsSilent() {
        var end = new CountDownLatch(1);
        web.serve("/silent", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            await(end, 10_000);
        });

        assertFailed("/silent", Map.of("idle-timeout", "PT0.2S"), "silent for too long");
        end.countDown();
    }

    @Test
    void reportsABodyThatBreaksOff() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

            assertThatThrownBy(() -> fetch(LocalWeb.client(), "http://localhost:" + server.getLocalPort() + "/"))
                    .isInstanceOf(OutboundFailed.class)
                    .hasMessageContaining("after 4 bytes: the connection broke off before the end");
        }
    }

    @Test
    void endsWhenItsVirtualThreadIsInterrupted() throws Exception {
        var reached = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        web.serve("/hang", exchange -> {
            reached.countDown();
            await(end, 10_000);
        });
        var failure = new CompletableFuture<Throwable>();
        Thread run = Thread.ofVirtual()
                .start(() -> failure.complete(catchThrowable(() -> fetch(LocalWeb.client(), web.url("/hang")))));
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();

        run.interrupt();

        assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessageContaining("the run was interrupted");
        end.countDown();
    }

    private void assertRefused(OutboundHttp client, String path, String message) {
        assertThatThrownBy(() -> fetch(client, web.url(path)))
                .isInstanceOf(OutboundRefused.class)
                .hasMessageContaining(message);
    }

    private void assertFailed(String path, Map<String, String> properties, String message) {
        assertThatThrownBy(() -> fetch(LocalWeb.loopbackClient(properties), web.url(path)))
                .isInstanceOf(OutboundFailed.class)
                .hasMessageContaining(message);
    }

    private static String fetch(OutboundHttp client, String url) throws IOException {
        try (var response = client.get(OutboundRequest.get(url, soon()))) {
            return new String(response.body().readAllBytes(), UTF_8);
        }
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofMinutes(1));
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dripHeaders(ServerSocket server, CountDownLatch end) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
            while (!await(end, 20)) {
                socket.getOutputStream().write('x');
            }
        } catch (IOException expected) {
            // The client has hung up, as it should.
        }
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Listens on another loopback address and passes one connection on. */
    private static final class Relay implements AutoCloseable {

        private final ServerSocket server;

        Relay(String address, int port) throws IOException {
            server = new ServerSocket(0, 50, InetAddress.getByName(address));
            Thread.ofVirtual().start(() -> pass(port));
        }

        int port() {
            return server.getLocalPort();
        }

        private void pass(int port) {
            try (Socket in = server.accept();
                    Socket out = new Socket(InetAddress.getLoopbackAddress(), port)) {
                byte[] request = new byte[4096];
                out.getOutputStream().write(request, 0, in.getInputStream().read(request));
                out.getInputStream().transferTo(in.getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
