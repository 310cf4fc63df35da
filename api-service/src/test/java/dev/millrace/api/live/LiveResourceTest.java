package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.RealServers;
import dev.millrace.api.contract.Contract;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.EventFields;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class LiveResourceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    RedisLink link;

    @Inject
    Pool pool;

    @Inject
    LiveContext streams;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JobId job = new JobId(UUID.randomUUID());

    @BeforeEach
    void aJobWasSubmitted() throws Exception {
        pool.preparedQuery("""
                        insert into api.job (id, tenant, task, queue, priority, payload, tags, body_hash, state)
                        values ($1, 'default', 'demo.echo', 'default', 5, '{"value":1.50}', '{vip}', '\\x00', 'QUEUED')""")
                .execute(Tuple.of(job.uuid()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @BeforeEach
    void theReaderHasTakenItsPlace() throws InterruptedException {
        EntryId first = RealServers.add(link, StreamNames.DEFAULT.events(), Map.of("type", "NOTHING"));
        streams.live().wake(SOON);
        LiveRig.awaitRead(streams.live(), first);
    }

    @Test
    void streamsAJobToItsEndAndThenHasNothingMoreToSay() throws Exception {
        HttpResponse<Stream<String>> stream = stream("/jobs/" + job + "/events", null);
        Events events = new Events(stream);
        Map<String, String> snapshot = events.next();
        add(new Progressed(job, position(Rank.STARTED), 1, now(), new Progress(1, 4, "a quarter")));
        Map<String, String> progress = events.next();
        add(succeeded());
        Map<String, String> done = events.next();

        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(header(stream, "Content-Type")).startsWith("text/event-stream");
        assertThat(header(stream, "X-Accel-Buffering")).isEqualTo("no");
        assertThat(header(stream, "Cache-Control")).isEqualTo("no-cache, no-transform");
        assertThat(events.retry).isEqualTo("2000");
        assertThat(snapshot).containsEntry("event", "snapshot").containsKey("id");
        assertThat(snapshot.get("data")).contains("\"payload\":{\"value\":1.50}");
        assertThat(json(progress).at("/data/percent").asInt()).isEqualTo(25);
        assertThat(done).containsEntry("event", "done");
        Contract.get().requireFit("JobCloudEvent", json(snapshot));
        Contract.get().requireFit("ProgressCloudEvent", json(progress));
        Contract.get().requireFit("JobCloudEvent", json(done));
        assertThat(json(done).at("/data/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(events.isOver()).isTrue();
        assertThat(get("/jobs/" + job).get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(stream("/jobs/" + job + "/events", done.get("id")).statusCode())
                .isEqualTo(204);
        assertThat(stream("/jobs/" + job + "/events?lastEventId=" + done.get("id"), null)
                        .statusCode())
                .isEqualTo(204);
        Events missed = new Events(stream("/jobs/" + job + "/events", snapshot.get("id")));
        assertThat(missed.next()).containsEntry("id", progress.get("id"));
        assertThat(missed.next()).containsEntry("id", done.get("id"));
        assertThat(missed.isOver()).isTrue();
    }

    @Test
    void answersTheResultWhenTheJobEndsWithinTheWait() throws Exception {
        HttpResponse<String> waiting = ask("/jobs/" + job + "/result?wait=0");
        var answer = http.sendAsync(request("/jobs/" + job + "/result?wait=20", null), BodyHandlers.ofString());
        add(succeeded());

        assertThat(waiting.statusCode()).isEqualTo(202);
        assertThat(waiting.headers().firstValue("Retry-After")).isPresent();
        Contract.get().requireFit("JobResult", LiveRig.json().readTree(waiting.body()));
        assertThat(answer.get(SOON.toSeconds(), TimeUnit.SECONDS).body())
                .isEqualTo("{\"state\":\"SUCCEEDED\",\"result\":{\"ok\":true}}");
        assertThat(ask("/jobs/" + job + "/result?wait=61").statusCode()).isEqualTo(200);
        assertThat(ask("/jobs/" + job + "/result?wait=soon").statusCode()).isEqualTo(400);
    }

    @Test
    void answersUnknownJobsWithAProblem() throws Exception {
        for (String path : new String[] {"", "/events", "/result"}) {
            for (String id : new String[] {UUID.randomUUID().toString(), "rubbish"}) {
                HttpResponse<String> answer = ask("/jobs/" + id + path);
                assertThat(answer.statusCode()).as(id + path).isEqualTo(404);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("application/problem+json");
            }
        }
    }

    @Test
    void answersAnUnchangedJobWithItsTagOnly() throws Exception {
        HttpResponse<String> first = ask("/jobs/" + job);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpRequest again = HttpRequest.newBuilder(uri("/jobs/" + job))
                .header("If-None-Match", tag)
                .build();

        assertThat(http.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }

    @Test
    void pagesThroughJobsNewestFirstAndCountsThem() throws Exception {
        JsonNode page = get("/jobs?limit=1&tag=vip&state=QUEUED");

        assertThat(page.at("/items/0/id").asText()).isEqualTo(job.toString());
        assertThat(get("/jobs/counts?task=none").toString())
                .isEqualTo("{\"SCHEDULED\":0,\"QUEUED\":0,\"RUNNING\":0,\"RETRYING\":0,\"SUCCEEDED\":0,\"FAILED\":0,"
                        + "\"TIMED_OUT\":0,\"CANCELLED\":0,\"EXPIRED\":0}");
        for (String bad : new String[] {"state=X", "limit=0", "limit=201", "cursor=x", "createdAfter=now", "tga=vip"}) {
            assertThat(ask("/jobs?" + bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(get("/jobs?q=demo.echo%20vip").at("/search/filtered").toString())
                .isEqualTo("[\"error\",\"tag\",\"task\"]");
        assertThat(ask("/events?color=red").statusCode()).isEqualTo(400);
    }

    @Test
    void tellsTheFeedOfAllJobsThatPassItsFilter() throws Exception {
        Events feed = new Events(stream("/events?tag=vip&state=SUCCEEDED", null));
        feed.awaitOpening();
        add(new Progressed(job, position(Rank.STARTED), 1, now(), new Progress(1, 4, null)));
        EntryId end = add(succeeded());

        Map<String, String> done = feed.next();
        assertThat(done).containsEntry("event", "done").containsEntry("id", end.toString());
        assertThat(json(done).get("subject").asText()).isEqualTo("jobs/" + job);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"FAILED", "TIMED_OUT", "CANCELLED", "EXPIRED"})
    void I9_tellsEveryEndByItsNameWhenEverybodyElseIsShownItToo(JobState end) throws Exception {
        Events events = new Events(stream("/jobs/" + job + "/events", null));
        events.next();
        var answer = http.sendAsync(request("/jobs/" + job + "/result?wait=20", null), BodyHandlers.ofString());
        add(new Ended(job, position(Rank.ENDED), 1, now(), end, null, null, new JobError("Boom", "no luck", null)));

        Map<String, String> done = events.next();
        JsonNode shown = get("/jobs/" + job);

        String name = end.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(done).containsEntry("event", "done");
        assertThat(json(done).get("type").asText()).isEqualTo("dev.millrace.job." + name + ".v1");
        assertThat(json(done).get("data")).isEqualTo(shown);
        assertThat(shown.get("state").asText()).isEqualTo(end.name());
        assertThat(events.isOver()).isTrue();
        assertThat(answer.get(SOON.toSeconds(), TimeUnit.SECONDS).body())
                .startsWith("{\"state\":\"" + end + "\",\"error\":{\"type\":\"Boom\"");
        assertFound(end);
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void tellsWhyAJobWaitsForItsTimeAndFindsItByItsState(Why why) throws Exception {
        Instant due = Instant.parse("2030-01-01T00:00:00Z");
        Events events = new Events(stream("/jobs/" + job + "/events", null));
        events.next();
        int next = why == Why.RETRY ? 2 : 1;
        add(new Deferred(job, position(Rank.DEFERRED), next, now(), why, due, null, null));

        JsonNode told = json(events.next());
        JobState state = why == Why.RETRY ? JobState.RETRYING : JobState.SCHEDULED;
        Rows.await("it is recorded", () -> stateOf(job).equals(state.name()));

        String name = why == Why.SNOOZE ? "snoozed" : state.name().toLowerCase(Locale.ROOT);
        assertThat(told.get("type").asText()).isEqualTo("dev.millrace.job." + name + ".v1");
        String field = why == Why.RETRY ? "nextAttemptAt" : "scheduledFor";
        assertThat(told.at("/data/" + field).asText()).isEqualTo(due.toString());
        assertThat(get("/jobs/" + job).get(field).asText()).isEqualTo(due.toString());
        assertFound(state);
    }

    /** As the newest of its state, and counted in it. */
    private void assertFound(JobState state) throws Exception {
        assertThat(get("/jobs?limit=1&tag=vip&state=" + state).at("/items/0/id").asText())
                .isEqualTo(job.toString());
        assertThat(get("/jobs/counts?tag=vip&state=" + state).get(state.name()).asInt())
                .isPositive();
    }

    private String stateOf(JobId id) {
        try {
            return get("/jobs/" + id).get("state").asText();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private EntryId add(JobEvent event) {
        return RealServers.add(link, StreamNames.DEFAULT.events(), EventFields.of(event));
    }

    private Ended succeeded() {
        Start start = new Start(now(), "w-1", Duration.ofMillis(5));
        return new Ended(job, position(Rank.ENDED), 1, now(), JobState.SUCCEEDED, start, "{\"ok\":true}", null);
    }

    private static Position position(Rank rank) {
        return new Position(new Token(1, 1, 1), rank, EntryId.ZERO);
    }

    private static Instant now() {
        return Instant.parse("2026-05-05T05:05:05Z");
    }

    private HttpResponse<Stream<String>> stream(String path, @Nullable String lastId)
            throws IOException, InterruptedException {
        return http.send(request(path, lastId), BodyHandlers.ofLines());
    }

    private HttpRequest request(String path, @Nullable String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(SOON);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return request.build();
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return http.send(request(path, null), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return LiveRig.json().readTree(ask(path).body());
    }

    private static JsonNode json(Map<String, String> event) throws IOException {
        return LiveRig.json().readTree(event.get("data"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/api/v1" + path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Reads a stream as a browser does. */
    private static final class Events {

        private final Iterator<String> lines;
        private String retry = "";

        private Events(HttpResponse<Stream<String>> response) {
            this.lines = response.body().iterator();
            assertThat(response.statusCode())
                    .as(() -> String.join("\n", (Iterable<String>) () -> lines))
                    .isEqualTo(200);
        }

        /** The opening comment. */
        private void awaitOpening() {
            while (!lines.next().isEmpty()) {
                assertThat(lines.hasNext()).isTrue();
            }
        }

        private Map<String, String> next() {
            Map<String, String> event = new LinkedHashMap<>();
            while (!event.containsKey("data") || !event.containsKey("end")) {
                line(event, lines.next());
            }
            return event;
        }

        private void line(Map<String, String> event, String line) {
            if (line.isEmpty()) {
                event.put("end", "");
            } else if (line.startsWith("retry:")) {
                retry = line.substring("retry:".length()).strip();
            } else if (!line.startsWith(":")) {
                event.remove("end");
                event.put(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip());
            }
        }

        private boolean isOver() {
            while (lines.hasNext()) {
                String line = lines.next();
                if (!line.isEmpty() && !line.startsWith(":")) {
                    return false;
                }
            }
            return true;
        }
    }
}
