package dev.millrace.worker.tasks.http;

import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.outbound.OutboundFailed;
import dev.millrace.worker.outbound.OutboundHttp;
import dev.millrace.worker.outbound.OutboundRefused;
import dev.millrace.worker.outbound.OutboundResponse;
import dev.millrace.worker.tasks.JsonBudget;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Sends HTTP requests. */
@ApplicationScoped
public class HttpTask {

    private static final int HEADER_BYTES = 12 * 1024;
    private static final int RESULT_BYTES = 256 * 1024;
    /** What stands around the texts of a result, and of each request in it. */
    private static final int FRAME_BYTES = 500;

    private static final int FRAME_OF_A_REQUEST = 60;

    private static final int FIRST_SERVER_ERROR = 500;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\ud800-\\udfff]");
    private static final Set<String> SECRET = Set.of("set-cookie", "set-cookie2");
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final OutboundHttp http;
    private final InstantSource clock;

    HttpTask(OutboundHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Sends a request once and returns the answer. If the job runs again, which it may, the server gets it again.
     *
     * @throws IllegalArgumentException if the payload asks for what HTTP or the connection forbid
     * @throws OutboundRefused if a rule of this worker forbids the exchange, or the answer's body exceeds
     *     {@code maxBytes}
     * @throws OutboundFailed if the network fails or time runs out
     * @throws StatusFailed if the status is not accepted, and passing by its nature
     * @throws StatusRefused if the status is not accepted otherwise
     * @throws UnfitReply if the answer takes more than a result may have
     */
    @Task(
            name = "http.request",
            queue = "http",
            timeout = "PT15M",
            failOn = {OutboundRefused.class, IllegalArgumentException.class},
            description = "Sends an HTTP request and returns the answer.",
            idempotent = false)
    public HttpReply request(HttpRequest payload, TaskContext context) throws IOException {
        Instant start = clock.instant();
        try (var response = http.send(payload.outbound(context.deadline()), payload::accepts)) {
            ReceivedBody body = ReceivedBody.of(response.body().readAllBytes(), response.contentType());
            return reply(response, body, Duration.between(start, clock.instant()));
        } catch (OutboundFailed failed) {
            if (failed.status().isPresent()) {
                throw unaccepted(failed, failed.status().getAsInt());
            }
            throw failed;
        }
    }

    private static HttpReply reply(OutboundResponse response, ReceivedBody body, Duration took) {
        if (body.bytes() + bytesOfTheRest(response) > RESULT_BYTES) {
            throw new UnfitReply(
                    "The answer's body takes %,d bytes of JSON, more than a result has room for: ask for less, or for another format."
                            .formatted(body.bytes()));
        }
        Map<String, String> received = new TreeMap<>(response.headers());
        received.keySet().removeAll(SECRET);
        Map<String, String> headers = fitting(received);
        return new HttpReply(
                response.status(),
                headers,
                received.size() - headers.size(),
                body.value(),
                body.base64(),
                took.toMillis(),
                response.url(),
                response.hops());
    }

    /** URLs are of ASCII that JSON does not escape. */
    private static int bytesOfTheRest(OutboundResponse response) {
        int requests = response.hops().stream()
                .mapToInt(hop -> FRAME_OF_A_REQUEST + hop.url().length())
                .sum();
        return FRAME_BYTES + HEADER_BYTES + response.url().length() + requests;
    }

    private RuntimeException unaccepted(OutboundFailed failed, int status) {
        String message = Objects.requireNonNullElse(failed.getMessage(), "Not accepted.");
        return status >= FIRST_SERVER_ERROR || PASSING.contains(status)
                ? new StatusFailed(message, status, failed.retryAfter().flatMap(this::wait))
                : new StatusRefused(message, status);
    }

    private Optional<Duration> wait(String retryAfter) {
        return RetryAfter.parse(retryAfter, clock.instant());
    }

    private static Map<String, String> fitting(Map<String, String> received) {
        var budget = new JsonBudget(HEADER_BYTES);
        Map<String, String> fitting = new LinkedHashMap<>();
        received.forEach((name, value) -> {
            String text = CONTROL.matcher(value).replaceAll(" ");
            if (budget.take(name, text)) {
                fitting.put(name, text);
            }
        });
        return fitting;
    }
}
