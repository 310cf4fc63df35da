package dev.millrace.proving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.testkit.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The REST contract as a client sees it. */
public record Api(String url) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer; the body is missing where there was none. */
    public record Answer(int status, JsonNode body, Map<String, List<String>> headers) {}

    /** Throws UncheckedIOException when there was no answer: the outcome is unknown. */
    public Answer post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public String submit(String task, String payload, String tag) {
        String body = "{\"task\":\"%s\",\"payload\":%s,\"tags\":[\"%s\"]}".formatted(task, payload, tag);
        Answer answer = post("/jobs", body);
        if (answer.status() != 202) {
            throw new AssertionError("POST /jobs answered " + answer);
        }
        return answer.body().path("id").asText();
    }

    public JsonNode job(String id) {
        Answer answer = get("/jobs/" + id);
        if (answer.status() != 200) {
            throw new AssertionError("GET /jobs/" + id + " answered " + answer);
        }
        return answer.body();
    }

    /** A job that has ended, or what it is after that time. */
    public JsonNode ended(String id, Duration within) {
        Awaiting.until(
                "the end of " + id, within, () -> !job(id).path("finishedAt").isNull());
        return job(id);
    }

    /** Every job with a tag, over all pages. */
    public List<JsonNode> tagged(String tag) {
        List<JsonNode> jobs = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/jobs?limit=200&tag=" + tag + cursor).body();
            page.path("items").forEach(jobs::add);
            cursor = page.path("nextCursor").isTextual()
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return jobs;
    }

    /** The lines of an event stream, as they come, until the server ends it. */
    public Stream<String> events(String path, String... headers) {
        try {
            HttpRequest request =
                    request(path, headers).timeout(Duration.ofMinutes(2)).GET().build();
            return HTTP.send(request, BodyHandlers.ofLines()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + "/api/v1" + path)).timeout(TIMEOUT);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = text(request);
        try {
            return new Answer(
                    response.statusCode(),
                    JSON.readTree(response.body()),
                    response.headers().map());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static HttpResponse<String> text(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unknown) {
            throw new UncheckedIOException(unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
