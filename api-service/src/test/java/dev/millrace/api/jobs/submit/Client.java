package dev.millrace.api.jobs.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.api.contract.Answer;
import dev.millrace.api.contract.Contract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Talks to the service under test, and does not take an answer that the contract does not know. */
public final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final Optional<String> token;

    public Client(int port) {
        this(port, Optional.empty());
    }

    /** One that shows a token with every call. */
    public Client(int port, String token) {
        this(port, Optional.of(token));
    }

    private Client(int port, Optional<String> token) {
        Contract.get();
        this.base = URI.create("http://127.0.0.1:" + port);
        this.token = token;
    }

    /** What came back. */
    public record Reply(HttpResponse<String> http) {

        public int status() {
            return http.statusCode();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (JsonProcessingException notJson) {
                throw new IllegalStateException(http.body(), notJson);
            }
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /** The problem's name. */
        public String problem() {
            return json().path("type").asText().replace("/problems/", "");
        }
    }

    public Reply submit(String body, String... headers) {
        return post("/api/v1/jobs", body, headers);
    }

    /** With a header that is sent once for each value. */
    public Reply submitWithEach(String body, String header, String... values) {
        HttpRequest.Builder request = request("/api/v1/jobs", "POST", BodyPublishers.ofString(body));
        for (String value : values) {
            request.header(header, value);
        }
        return send(request).join();
    }

    public Reply post(String path, String body, String... headers) {
        return postLater(path, body, headers).join();
    }

    public Reply post(String path, byte[] body, String... headers) {
        return send("POST", path, BodyPublishers.ofByteArray(body), headers).join();
    }

    public CompletableFuture<Reply> postLater(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), headers);
    }

    public Reply call(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers).join();
    }

    /** A call of any method with a body. */
    public Reply send(String method, String path, String body, String... headers) {
        return send(method, path, BodyPublishers.ofString(body), headers).join();
    }

    /** A call of any method, with a body or without one. */
    public CompletableFuture<Reply> later(String method, String path, Optional<String> body, String... headers) {
        return send(method, path, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody), headers);
    }

    private CompletableFuture<Reply> send(
            String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request(path, method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private HttpRequest.Builder request(String path, String method, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, body);
        token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
        return request;
    }

    private CompletableFuture<Reply> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Client::kept);
    }

    /** Every reply that a test gets is held against the contract. */
    private static Reply kept(HttpResponse<String> http) {
        String type = http.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        new Answer(
                        http.request().method(),
                        http.request().uri().getRawPath(),
                        http.statusCode(),
                        type,
                        http.headers().map(),
                        http.body())
                .requireKept();
        return new Reply(http);
    }
}
