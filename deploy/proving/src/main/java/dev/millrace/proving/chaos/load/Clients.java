package dev.millrace.proving.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.local.run.ShownToken;
import dev.millrace.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of the apis in turn, at most 64 calls at once. Each call has a key; one whose outcome is unknown is repeated by it,
 * at another api, until it is known or two minutes have passed. Safe for use by several threads.
 */
public final class Clients implements AutoCloseable {

    private static final int AT_ONCE = 64;
    private static final int UNAVAILABLE = 503;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration BEFORE_REPEAT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> apis;
    private final ShownToken token;
    private final Time time;
    private final Submits submits = new Submits();
    private final Queue<Cancel> cancels = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * Clients of these apis.
     *
     * @param apis URLs without a path
     * @param token what they show with every call
     */
    public Clients(List<String> apis, ShownToken token, Time time) {
        this.apis = List.copyOf(apis);
        this.token = token;
        this.time = time;
    }

    public Submits submits() {
        return submits;
    }

    /** Submits all, and returns when of each job is known what became of it, or its client has given up. */
    public void send(Load load) {
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = time.nanos().getAsLong();
            for (int call = 0; call < load.calls(); call++) {
                Duration due = Duration.ofSeconds(1)
                        .multipliedBy((long) call * load.perCall())
                        .dividedBy(load.perSecond());
                time.rest(positive(due.minus(time.since(began))));
                atOnce.acquireUninterruptibly();
                int number = call;
                calls.execute(() -> sendOne(load, number));
            }
        }
    }

    private static Duration positive(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private void sendOne(Load load, int call) {
        try {
            untilKnown(load, call);
        } finally {
            atOnce.release();
        }
    }

    private void untilKnown(Load load, int call) {
        String key = "chaos-" + load.firstOf(call);
        String path = load.perCall() == 1 ? "/jobs" : "/jobs/bulk";
        String body = body(load, call);
        long called = time.now();
        long began = time.nanos().getAsLong();
        while (time.since(began).compareTo(PATIENCE) < 0) {
            long sent = time.nanos().getAsLong();
            Optional<Answer> answer = post(path, body, "Idempotency-Key", key);
            if (answer.isPresent() && !answer.get().leavesItOpen()) {
                take(load, call, called, answer.get());
                return;
            }
            answer.filter(late -> late.status() == UNAVAILABLE)
                    .ifPresent(late -> submits.unavailable(time.since(sent)));
            submits.repeated();
            time.rest(BEFORE_REPEAT);
        }
        for (int i = 0; i < load.sizeOf(call); i++) {
            submits.givenUp(load.firstOf(call) + i);
        }
    }

    private static String body(Load load, int call) {
        if (load.perCall() == 1) {
            return load.job().apply(load.firstOf(call));
        }
        StringBuilder all = new StringBuilder("{\"jobs\":[");
        for (int i = 0; i < load.sizeOf(call); i++) {
            all.append(i == 0 ? "" : ",").append(load.job().apply(load.firstOf(call) + i));
        }
        return all.append("]}").toString();
    }

    private void take(Load load, int call, long called, Answer answer) {
        if (answer.status() != 202) {
            submits.refused("A submit was answered " + answer.status() + ": " + answer.body());
        } else if (load.perCall() == 1) {
            accepted(load.firstOf(call), called, answer.body());
        } else {
            answer.body().path("items").forEach(item -> take(load.firstOf(call), called, item));
        }
    }

    private void take(long first, long called, JsonNode item) {
        if (item.has("id")) {
            accepted(first + item.path("index").asLong(), called, item);
        } else {
            submits.refused("A job was rejected: " + item);
        }
    }

    private void accepted(long number, long called, JsonNode job) {
        submits.accepted(number, new Submits.Accepted(job.path("id").asText(), called, time.now()));
    }

    /** Asks for a job's cancel once, and remembers the answer. */
    public void cancel(String job) {
        long at = time.now();
        Optional<Answer> answer = post("/jobs/" + job + "/cancel", "{}");
        cancels.add(new Cancel(job, at, time.now(), answer.map(Answer::status).orElse(0)));
    }

    /** All cancels that were asked for. */
    public List<Cancel> cancels() {
        return List.copyOf(cancels);
    }

    /** What the next api answers; empty if it does not. {@code path} follows {@code /api/v1}. */
    public Optional<Answer> post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(request.POST(BodyPublishers.ofString(body)).build());
    }

    /** The same for a GET. */
    public Optional<Answer> get(String path) {
        return answer(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        String api = apis.get(Math.floorMod(turn.getAndIncrement(), apis.size()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api + "/api/v1" + path)).timeout(ANSWER);
        token.header().ifPresent(shown -> request.header("Authorization", shown));
        return request;
    }

    private Optional<Answer> answer(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return Optional.of(new Answer(response.statusCode(), body(response)));
        } catch (IOException none) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private JsonNode body(HttpResponse<byte[]> response) throws IOException {
        return response.body().length == 0 ? MissingNode.getInstance() : json.readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
