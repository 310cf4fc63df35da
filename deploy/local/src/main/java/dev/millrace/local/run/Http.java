package dev.millrace.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Asks the services on this machine. */
public final class Http {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final Duration POSTED = Duration.ofSeconds(30);
    private static final Set<Integer> GOOD = Set.of(200, 202);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final ShownToken token;

    /** Of somebody who shows this token with every call. */
    public Http(ShownToken token) {
        this.token = token;
    }

    /** The document at a URL; empty unless the answer is 200 and JSON and comes within 3 s. */
    public Optional<JsonNode> document(String url) {
        return send(request(url).timeout(ANSWER).build());
    }

    /**
     * The answer to a JSON document that is posted; empty unless it is 200 or 202 and JSON and comes within 30 s.
     *
     * @param headers more of them, as names and values in turns
     */
    public Optional<JsonNode> post(String url, String document, String... headers) {
        HttpRequest.Builder request = request(url)
                .timeout(POSTED)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(document));
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    /** Has a thread read what a URL sends and forget it, until that ends or the thread is interrupted. */
    public void listen(String url, Executor threads) {
        HttpRequest request = request(url).build();
        threads.execute(() -> {
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                // It has ended, or was never there.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private HttpRequest.Builder request(String url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        token.header().ifPresent(shown -> request.header("Authorization", shown));
        return request;
    }

    private Optional<JsonNode> send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return GOOD.contains(answer.statusCode()) ? Optional.of(json.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            // Not there yet, or not JSON yet: the caller asks again.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
