package dev.millrace.bench.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.run.ShownToken;
import dev.millrace.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Submits to one api. Every answer is looked at: a job that was not accepted ends the measurement. */
public final class Submitter implements AutoCloseable {

    /** Jobs of one bulk call, the most that the api takes. */
    public static final int BULK = 1_000;

    private static final String JOBS = "/api/v1/jobs";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    /** Done, or done soon. */
    private static final Set<Integer> MADE = Set.of(201, 202);

    private static final Set<Integer> REMOVED = Set.of(204, 202);
    private static final int REPETITIONS = 10;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI api;
    private final ShownToken token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final LongAdder accepted = new LongAdder();
    private final Deque<Wire> idle = new ConcurrentLinkedDeque<>();

    /**
     * Of clients of one api.
     *
     * @param api its URL without a path
     * @param token what they show with every call
     */
    public Submitter(URI api, ShownToken token) {
        this.api = api;
        this.token = token;
    }

    /** Submits jobs in calls of 1,000, from as many clients at once; returns when all are accepted. */
    public void bulk(long jobs, LongFunction<String> body, int clients) {
        bulk(jobs, body, clients, BULK);
    }

    /** Likewise, those that are large in smaller calls. */
    public void bulk(long jobs, Shape shape, int clients) {
        bulk(jobs, shape::job, clients, shape.jobsPerCall());
    }

    private void bulk(long jobs, LongFunction<String> body, int clients, int perCall) {
        long calls = Math.ceilDiv(jobs, perCall);
        Crowd.of(clients).share(calls, call -> bulkCall(call * perCall, Math.min(jobs, (call + 1) * perCall), body));
    }

    /** Submits jobs one by one, from as many clients at once; returns how many were accepted, when all are answered. */
    public long single(long jobs, LongFunction<String> body, int clients) {
        return counted(new OneByOne(api, token, clients, body).submit(number -> number < jobs));
    }

    /** The same, with more and more jobs while {@code more} says so. */
    public long singleWhile(BooleanSupplier more, LongFunction<String> body, int clients) {
        return counted(new OneByOne(api, token, clients, body).submit(number -> more.getAsBoolean()));
    }

    /** How many jobs were accepted so far, by whichever way. */
    public long accepted() {
        return accepted.sum();
    }

    private long counted(long jobs) {
        accepted.add(jobs);
        return jobs;
    }

    /** Starts workflows one by one, each of which has so many jobs in the end, from as many clients at once; returns when all are accepted. */
    public void workflows(long workflows, long jobsOfEach, LongFunction<String> body, int clients) {
        makeEach("/api/v1/workflows", workflows, body, clients);
        accepted.add(workflows * jobsOfEach);
    }

    /** Makes things of a path one by one, from as many clients at once; returns when all are answered. */
    public void makeEach(String path, long things, LongFunction<String> body, int clients) {
        Crowd.of(clients)
                .share(
                        things,
                        number -> expectOneOf(
                                MADE,
                                sendUntilTaken(post(path, body.apply(number)).build())));
    }

    /** Removes what lies at these paths, likewise. */
    public void removeEach(LongFunction<String> path, long things, int clients) {
        Crowd.of(clients).share(things, number -> expectOneOf(REMOVED, sendUntilTaken(delete(path.apply(number)))));
    }

    /** Submits one job and returns when it is accepted. */
    public void one(String body) {
        over(wire -> wire.post(JOBS, "", body), ACCEPTED);
    }

    /** Submits one job and returns when its result has come. */
    public void andAwaitResult(String body) {
        over(wire -> wire.post(JOBS, "Prefer: wait=30\r\n", body), OK);
    }

    /** Watches jobs by server-sent events; the caller closes it. */
    public Listeners listen(Time time, List<UUID> jobs) {
        return Listeners.of(api, token, time, jobs);
    }

    /** Lets nothing of a queue start, until {@link #resume}. */
    public void pause(String queue) {
        expect(OK, send(post("/api/v1/queues/" + queue + "/pause", "{}").build()));
    }

    /** Lets it start again. */
    public void resume(String queue) {
        expect(OK, send(post("/api/v1/queues/" + queue + "/resume", "{}").build()));
    }

    /** What a path answers with 200. */
    public JsonNode get(String path) {
        HttpRequest request = request(path).build();
        return read(expect(OK, send(request)));
    }

    /** Whether a path answers with 200. */
    public boolean has(String path) {
        HttpRequest request = request(path).build();
        return send(request).statusCode() == OK;
    }

    @Override
    public void close() {
        idle.forEach(Wire::close);
        client.close();
    }

    // Over any connection that is free, as the pools of clients do.
    private void over(Function<Wire, Wire.Answer> request, int status) {
        Wire free = idle.poll();
        Wire wire = free == null ? Wire.to(api, token) : free;
        Wire.Answer answer = request.apply(wire);
        for (int again = 0; again < REPETITIONS && answer.status() == UNAVAILABLE; again++) {
            answer = request.apply(wire);
        }
        idle.push(wire);
        accepted.increment();
        if (answer.status() != status) {
            throw new IllegalStateException("POST " + JOBS + " answered " + answer.status() + ": " + answer.body());
        }
    }

    private void bulkCall(long from, long to, LongFunction<String> body) {
        StringBuilder all = new StringBuilder("{\"jobs\":[");
        for (long number = from; number < to; number++) {
            all.append(number == from ? "" : ",").append(body.apply(number));
        }
        HttpRequest request = post("/api/v1/jobs/bulk", all.append("]}").toString())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .build();
        HttpResponse<byte[]> answer = sendUntilTaken(request);
        long taken = read(expect(ACCEPTED, answer)).path("accepted").asLong();
        accepted.add(taken);
        if (taken != to - from) {
            throw new IllegalStateException("Of %d jobs %d were accepted: %s"
                    .formatted(to - from, taken, read(answer).path("items").path(0)));
        }
    }

    // An api that is overrun says 503 after two seconds. Without a key the job may then be there twice, which only
    // costs.
    private HttpResponse<byte[]> sendUntilTaken(HttpRequest request) {
        HttpResponse<byte[]> answer = send(request);
        for (int again = 0; again < REPETITIONS && answer.statusCode() == UNAVAILABLE; again++) {
            answer = send(request);
        }
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path)).timeout(ANSWER);
        token.header().ifPresent(shown -> request.header("Authorization", shown));
        return request;
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + request.uri(), e);
        }
    }

    private HttpRequest delete(String path) {
        return request(path).DELETE().build();
    }

    private static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> answer) {
        return expectOneOf(Set.of(status), answer);
    }

    private static HttpResponse<byte[]> expectOneOf(Set<Integer> statuses, HttpResponse<byte[]> answer) {
        if (!statuses.contains(answer.statusCode())) {
            throw new IllegalStateException("%s %s answered %d instead of %s: %s"
                    .formatted(
                            answer.request().method(),
                            answer.request().uri(),
                            answer.statusCode(),
                            statuses,
                            new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return answer;
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
