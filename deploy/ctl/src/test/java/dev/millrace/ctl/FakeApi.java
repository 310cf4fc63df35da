package dev.millrace.ctl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Answers calls with what it was given for them, and keeps the calls. An operation that it was given nothing for is not there. */
public final class FakeApi implements AutoCloseable {

    private static final String OPENAPI = "GET /q/openapi";

    /** A call as it came; headers that were not sent are null. */
    public record Got(
            String method,
            String uri,
            String body,
            @Nullable String authorization,
            @Nullable String lastEventId,
            @Nullable String idempotencyKey,
            @Nullable String ifMatch) {

        public String operation() {
            return method + " " + uri;
        }
    }

    private record Reply(int status, String type, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final List<Got> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> operations = new ArrayList<>();

    public FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next call of this operation so, and all that follow if nothing else is said of them. */
    public FakeApi answers(String operation, int status, String body) {
        return answers(
                operation, status, status >= 400 ? "application/problem+json" : "application/json", body, Map.of());
    }

    public synchronized FakeApi answers(
            String operation, int status, String type, String body, Map<String, String> headers) {
        replies.computeIfAbsent(operation, none -> new ArrayDeque<>()).add(new Reply(status, type, body, headers));
        return this;
    }

    /** A connection of an event stream, which ends behind these events. */
    public FakeApi streams(String operation, String events) {
        return answers(operation, 200, "text/event-stream", events, Map.of());
    }

    /** Lists an operation in its OpenAPI document, by the template of its path. */
    public FakeApi lists(String operation) {
        operations.add(operation);
        return this;
    }

    public List<Got> calls() {
        return calls.stream()
                .filter(call -> !call.operation().startsWith(OPENAPI))
                .toList();
    }

    /** The only call. */
    public Got call() {
        if (calls().size() != 1) {
            throw new AssertionError("Not one call: " + calls());
        }
        return calls().getFirst();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Got got = new Got(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                body,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Last-Event-ID"),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("If-Match"));
        calls.add(got);
        send(exchange, reply(got.operation()));
    }

    private synchronized Reply reply(String operation) {
        if (operation.startsWith(OPENAPI)) {
            return new Reply(200, "application/json", openApi(), Map.of());
        }
        Deque<Reply> left = replies.get(operation);
        if (left == null) {
            return new Reply(
                    404,
                    "application/problem+json",
                    problem(404, "not-found", "There is no such thing here"),
                    Map.of());
        }
        return left.size() > 1 ? left.removeFirst() : left.getFirst();
    }

    private String openApi() {
        StringBuilder paths = new StringBuilder();
        for (String operation : operations) {
            String[] words = operation.split(" ", -1);
            paths.append(paths.isEmpty() ? "" : ",")
                    .append("\"%s\":{\"%s\":{}}".formatted(words[1], words[0].toLowerCase(Locale.ROOT)));
        }
        return "{\"paths\":{" + paths + "}}";
    }

    /** A problem document. */
    public static String problem(int status, String type, String title) {
        return """
            {"type":"/problems/%s","title":"%s","status":%d,"detail":"Look again.","instance":"/x","traceId":"4bf92f","errors":[]}""".formatted(type, title, status);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", reply.type());
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        boolean empty = reply.status() == 204 || bytes.length == 0;
        exchange.sendResponseHeaders(reply.status(), empty ? -1 : bytes.length);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            if (!empty) {
                out.write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
