package dev.millrace.api.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.api.schedules.PlayedScheduler;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a system whose agents write and publish blog posts had as endpoints of its own, and calls here in their place: each does what the
 * one did whose name it bears, for those who may. No worker but the test itself takes jobs.
 */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class BlogAgentsTest {

    private static final QueueName GENERATION = new QueueName("generation");
    private static final QueueName PUBLISHING = new QueueName("publishing");
    private static final QueueName SOURCES = new QueueName("sources");

    private static final String GENERATE = "{\"agent\":\"7\",\"topic\":\"Mills\",\"keyword\":\"water\"}";
    private static final String PUBLISH =
            "{\"task\":\"post.publish\",\"payload\":{\"post\":\"9\",\"publisher\":\"2\"}%s}";
    private static final String WATCH =
            "{\"task\":\"feed.watch\",\"payload\":{\"source\":\"3\",\"autoGenerate\":true}}";

    @Inject
    Stage stage;

    @Inject
    TaskCatalog catalog;

    @Inject
    JobStreams streams;

    @Inject
    PlayedScheduler scheduler;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client admin;
    private Client operator;

    @BeforeEach
    void aWorkerHasOfferedTheirTasks() {
        stage.opened(port);
        Rows.change("delete from api.token");
        Rows.change("delete from api.schedule_command");
        Rows.change("delete from api.schedule");
        catalog.apply(List.of(
                offer(20, "post.generate", GENERATION),
                offer(21, "post.publish", PUBLISHING),
                offer(22, "feed.watch", SOURCES)));
        admin = SwitchedOn.admin(port);
        operator = holder("operator", "agents");
    }

    private static FleetEntry offer(long at, String task, QueueName queue) {
        return new FleetEntry(
                new EntryId(at, 0),
                new TaskOffered(
                        "w1",
                        new TaskName(task),
                        queue,
                        "",
                        "{\"type\":\"object\"}",
                        "{}",
                        ExecutionPolicy.DEFAULT,
                        true));
    }

    @Test
    void generatePostPublishPostAndMonitorRssAreSubmits() {
        Reply generate = operator.post("/api/v1/tasks/post.generate/jobs", GENERATE);
        Reply publish = operator.submit(PUBLISH.formatted(""));
        Reply watch = operator.submit(WATCH);

        for (Reply accepted : List.of(generate, publish, watch)) {
            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.json().path("state").asText()).isEqualTo("QUEUED");
            assertThat(accepted.header("Location"))
                    .isEqualTo("/api/v1/jobs/" + accepted.json().path("id").asText());
        }
        assertThat(generate.json().path("payload").toString()).isEqualTo(GENERATE);
        assertThat(List.of(taken(GENERATION), taken(PUBLISHING), taken(SOURCES)))
                .extracting(one -> one.job().id().toString())
                .containsExactly(id(generate), id(publish), id(watch));
    }

    @Test
    void retryFailedRequeuesWhatWasNotPublishedAndNothingElse() {
        String published = submitted(PUBLISH.formatted(""));
        finish(taken(PUBLISHING), JobState.SUCCEEDED);
        List<String> failed = new ArrayList<>();
        for (int post = 0; post < 3; post++) {
            failed.add(submitted(PUBLISH.formatted("")));
            finish(taken(PUBLISHING), JobState.FAILED);
        }
        String unwritten = id(operator.post("/api/v1/tasks/post.generate/jobs", GENERATE));
        finish(taken(GENERATION), JobState.FAILED);
        awaitState(unwritten, "FAILED");
        failed.forEach(job -> awaitState(job, "FAILED"));

        String all = "{\"task\":\"post.publish\",\"limit\":100,\"dryRun\":%s}";
        JsonNode asked = operator.post("/api/v1/dead-letters/requeue", all.formatted(true))
                .json();
        assertThat(asked.toString()).isEqualTo("{\"matched\":3,\"requeued\":0}");
        assertThat(state(failed.getFirst())).isEqualTo("FAILED");
        JsonNode done = operator.post("/api/v1/dead-letters/requeue", all.formatted(false))
                .json();

        assertThat(done.toString()).isEqualTo("{\"matched\":3,\"requeued\":3}");
        assertThat(failed).allSatisfy(job -> {
            assertThat(job(job).path("state").asText()).isEqualTo("QUEUED");
            assertThat(job(job).path("run").asInt()).isEqualTo(2);
        });
        assertThat(state(published)).isEqualTo("SUCCEEDED");
        assertThat(state(unwritten)).isEqualTo("FAILED");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, QUEUED",
        "PENDING, SCHEDULED",
        "STARTED, RUNNING",
        "SUCCESS, SUCCEEDED",
        "FAILURE, FAILED",
        "RETRY, RETRYING",
        "REVOKED, CANCELLED"
    })
    void statusIsTheStateOfTheJob(String theirs, String ours) {
        String job = in(JobState.valueOf(ours));

        awaitState(job, ours);

        JsonNode told = job(job);
        assertThat(told.path("error").isNull()).as(theirs).isEqualTo(!theirs.equals("FAILURE"));
        assertThat(told.path("result").isNull()).as(theirs).isEqualTo(!theirs.equals("SUCCESS"));
    }

    @Test
    void statusOfWhatThereIsNotIs404AndNotPending() {
        assertThat(operator.call("GET", "/api/v1/jobs/" + UUID.randomUUID()).problem())
                .isEqualTo("not-found");
    }

    @Test
    void cancelEndsWhatWaitsAndAsksWhatRuns() {
        String waits = in(JobState.QUEUED);
        assertThat(cancelled(waits).status()).isEqualTo(200);
        assertThat(cancelled(waits).status()).isEqualTo(409);

        String runs = in(JobState.RUNNING);
        awaitState(runs, "RUNNING");
        assertThat(cancelled(runs).status()).isEqualTo(202);
        assertThat(cancelled(UUID.randomUUID().toString()).status()).isEqualTo(404);
    }

    @Test
    void activeListsWhatRuns() {
        String runs = in(JobState.RUNNING);
        in(JobState.QUEUED);
        awaitState(runs, "RUNNING");

        assertThat(operator.call("GET", "/api/v1/jobs?state=RUNNING")
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly(runs);
    }

    @Test
    void healthIsADiagnosisForPeopleAndAProbeForOthers() {
        JsonNode diagnosis =
                holder("viewer", "agents").call("GET", "/api/v1/diagnostics").json();
        assertThat(diagnosis.path("checks").findValuesAsText("check"))
                .contains("redis", "postgresql", "workers", "schedulers", "queues");

        Client probe = new Client(port);
        assertThat(probe.call("GET", "/q/health/ready").status()).isEqualTo(200);
        assertThat(probe.call("GET", "/api/v1/diagnostics").status()).isEqualTo(401);
    }

    @Test
    void schedulePostIsAJobWithATimeThatIsCalledOffOrMovedByAnother() {
        Instant ten = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        String first = submitted(PUBLISH.formatted(",\"runAt\":\"" + ten + "\""));
        assertThat(job(first).path("state").asText()).isEqualTo("SCHEDULED");
        assertThat(Instant.parse(job(first).path("scheduledFor").asText())).isEqualTo(ten);

        assertThat(cancelled(first).status()).isEqualTo(200);
        String moved = submitted(PUBLISH.formatted(",\"runAt\":\"" + ten.plusSeconds(3_600) + "\""));

        assertThat(operator.call("GET", "/api/v1/jobs?state=SCHEDULED")
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly(moved);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 9 * * MON", "0 */4 * * *", "0 0 * * *", "0 9 * * 1-5"})
    void scheduleCronOfAnAgentIsAScheduleOfItsOwn(String cron) {
        scheduler.start();
        try {
            Reply made = put("agent-7", cron);
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.json().at("/trigger/cron/expression").asText()).isEqualTo(cron);

            Reply changed = put("agent-7", "30 6 * * *");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.json().at("/trigger/cron/expression").asText()).isEqualTo("30 6 * * *");
            assertThat(operator.call("GET", "/api/v1/schedules").json().path("items"))
                    .hasSize(1);
        } finally {
            scheduler.stop();
        }
    }

    @Test
    void queueLengthIsThatOfTheQueueThatIsUsed() {
        for (int posts = 0; posts < 3; posts++) {
            operator.post("/api/v1/tasks/post.generate/jobs", GENERATE);
        }

        Rows.await("they lie there", () -> queue().path("ready").asInt() == 3);
        taken(GENERATION);
        Rows.await("one is taken", () -> queue().path("running").asInt() == 1);
        assertThat(queue().path("ready").asInt()).isEqualTo(2);
    }

    private JsonNode queue() {
        return operator.call("GET", "/api/v1/queues/generation").json();
    }

    /**
     * The rows once more, by callers.
     *
     * @param own whether it is about one thing of the tenant's, of which others hear 404
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
        generate-post  | POST | /api/v1/tasks/post.generate/jobs | {"agent":"7"}                                        | submitter | false
        publish-post   | POST | /api/v1/jobs                     | {"task":"post.publish","payload":{}}                 | submitter | false
        monitor-rss    | POST | /api/v1/jobs                     | {"task":"feed.watch","payload":{}}                   | submitter | false
        retry-failed   | POST | /api/v1/dead-letters/requeue     | {"task":"post.publish","limit":100}                  | operator  | false
        status         | GET  | /api/v1/jobs/{job}               | -                                                    | viewer    | true
        cancel         | POST | /api/v1/jobs/{job}/cancel        | -                                                    | submitter | true
        active         | GET  | /api/v1/jobs?state=QUEUED        | -                                                    | viewer    | false
        health         | GET  | /api/v1/diagnostics              | -                                                    | viewer    | false
        posts/schedule | POST | /api/v1/jobs                     | {"task":"post.publish","payload":{},"delay":"PT1H"}  | submitter | false
        agents         | PUT  | /api/v1/schedules/agent-7        | {"trigger":{"cron":{"expression":"0 9 * * MON"}},"job":{"task":"post.generate","payload":{}}} | operator | false
        queue length   | GET  | /api/v1/queues/generation        | -                                                    | viewer    | false
        """)
    void I29_isRefusedToWhomItIsNotFor(String row, String method, String path, String body, String least, boolean own) {
        String job = submitted(PUBLISH.formatted(""));
        String called = path.replace("{job}", job);
        Optional<String> sent = Optional.ofNullable(body);
        Client viewer = holder("viewer", "agents");
        Client stranger = holder("operator", "elsewhere");

        assertThat(new Client(port).later(method, called, sent).join().status()).isEqualTo(401);
        assertThat(viewer.later(method, called, sent).join().status()).isEqualTo(least.equals("viewer") ? 200 : 403);
        Reply theirs = stranger.later(method, called, sent).join();
        if (own) {
            assertThat(theirs.status()).isEqualTo(404);
        } else {
            assertThat(theirs.status()).isBetween(200, 299);
            assertThat(theirs.http().body()).as(row).doesNotContain(job);
        }
        assertThat(state(job)).as("nobody has touched it").isEqualTo("QUEUED");
        assertThat(operator.later(method, called, sent).join().status()).isBetween(200, 299);
    }

    private Client holder(String role, String tenant) {
        return new Client(port, SwitchedOn.token(admin, role, tenant));
    }

    private Reply put(String schedule, String cron) {
        return operator.send(
                "PUT",
                "/api/v1/schedules/" + schedule,
                "{\"trigger\":{\"cron\":{\"expression\":\"%s\"}},\"job\":{\"task\":\"post.generate\",\"payload\":%s}}"
                        .formatted(cron, GENERATE));
    }

    private String submitted(String body) {
        Reply accepted = operator.submit(body);
        assertThat(accepted.status()).isEqualTo(202);
        return id(accepted);
    }

    private static String id(Reply reply) {
        return reply.json().path("id").asText();
    }

    private Reply cancelled(String job) {
        return operator.call("POST", "/api/v1/jobs/" + job + "/cancel");
    }

    private JsonNode job(String id) {
        return operator.call("GET", "/api/v1/jobs/" + id).json();
    }

    private String state(String id) {
        return job(id).path("state").asText();
    }

    private void awaitState(String id, String state) {
        Rows.await("it is " + state, () -> state(id).equals(state));
    }

    private Delivery taken(QueueName queue) {
        List<Delivery> taken = new ArrayList<>();
        Rows.await("there is a job to take", () -> taken.addAll(streams.take(queue, 1)));
        return taken.getFirst();
    }

    /** A publication that has come so far. */
    private String in(JobState state) {
        String job = submitted(PUBLISH.formatted(state == JobState.SCHEDULED ? ",\"delay\":\"PT1H\"" : ""));
        switch (state) {
            case RUNNING -> streams.report(List.of(new ProgressReport(taken(PUBLISHING), Duration.ofMillis(1), null)));
            case RETRYING ->
                streams.defer(List.of(new Deferral(
                        taken(PUBLISHING),
                        Why.RETRY,
                        new Due.After(Duration.ofHours(1)),
                        Duration.ofMillis(1),
                        new JobError("Boom", "it broke", "at line 1"))));
            case CANCELLED -> cancelled(job);
            case SUCCEEDED, FAILED -> finish(taken(PUBLISHING), state);
            default -> assertThat(state).isIn(JobState.QUEUED, JobState.SCHEDULED);
        }
        return job;
    }

    private void finish(Delivery delivery, JobState state) {
        JobError error = state == JobState.SUCCEEDED ? null : new JobError("Boom", "it broke", "at line 1");
        streams.finish(List.of(new Finish(delivery, state, Duration.ofMillis(1), error == null ? "1" : null, error)));
    }
}
