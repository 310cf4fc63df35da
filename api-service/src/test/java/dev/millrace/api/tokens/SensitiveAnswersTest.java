package dev.millrace.api.tokens;

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
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobError;
import dev.millrace.job.JobState;
import dev.millrace.job.TaskName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.testkit.WrittenLog;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a task marks as sensitive is shown to operators and admins, and to nobody else, wherever jobs are shown. */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class SensitiveAnswersTest {

    private static final int SECRETS = 1_000;
    private static final int PART = 99;
    private static final int FEW = 50;
    private static final String CANARY = "canary-";
    private static final String MARKED =
            "{\"type\":\"object\",\"properties\":{\"pin\":{\"type\":\"string\",\"x-sensitive\":true},\"user\":{}}}";
    private static final String PLAN =
            "{\"trigger\":{\"interval\":{\"every\":\"PT1H\",\"anchor\":\"2026-01-01T00:00:00Z\"}}}";
    private static final TaskName TASK = new TaskName("bank.login");

    @Inject
    Stage stage;

    @Inject
    TaskCatalog catalog;

    @Inject
    JobStreams streams;

    @Inject
    InMemorySpanExporter spans;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client admin;

    @BeforeEach
    void aTaskMarksAField() {
        stage.opened(port);
        admin = SwitchedOn.admin(port);
        Rows.change("delete from api.token");
        Rows.change("delete from api.schedule");
        catalog.apply(List.of(new FleetEntry(
                new EntryId(10, 0),
                new TaskOffered("w1", TASK, Stage.OTHER, "", MARKED, MARKED, ExecutionPolicy.DEFAULT, true))));
        Rows.change("""
                insert into api.schedule (tenant, id, generation, version, source, plan, job, paused, created_at, updated_at)
                values ('default', 'secretive', 1, 1, 'api', '%s', '%s', false, now(), now())""".formatted(PLAN, job(7)));
    }

    @Test
    void ofAThousandSecretsNoneIsToldToViewersOrSubmitters() throws Exception {
        Client viewer = holder("viewer");
        Client submitter = holder("submitter");
        Client operator = holder("operator");
        List<String> told = new ArrayList<>();
        assertThat(submitter.submit(job(SECRETS)).status()).isEqualTo(202);
        try (WrittenLog log = WrittenLog.open()) {
            List<String> jobs = submitted(submitter, told);
            List<String> failed = new ArrayList<>();
            try (Stream asViewer = Stream.open(port, token("viewer"));
                    Stream asOperator = Stream.open(port, token("operator"))) {
                end(1);
                long ofViewer = asViewer.awaitItsPlace();
                long ofOperator = asOperator.awaitItsPlace();
                for (int ended = FEW; ended <= SECRETS; ended += FEW) {
                    failed.addAll(end(FEW));
                    asViewer.awaitEnds(ofViewer + ended);
                    asOperator.awaitEnds(ofOperator + ended);
                }
                assertThat(asOperator.text()).contains(canary(0), canary(SECRETS - 1));
                told.add(asViewer.text());
            }
            for (Client one : List.of(viewer, submitter)) {
                everything(one, jobs.getFirst(), failed.getFirst()).forEach(path -> told.add(body(one, path)));
            }
            operator.post(
                    "/api/v1/jobs/" + failed.getFirst() + "/retry",
                    "{\"payload\":{\"pin\":\"" + canary(3) + "\",\"user\":\"u\"}}");
            operator.post("/api/v1/jobs/" + jobs.getFirst() + "/cancel", "{\"reason\":\"" + canary(4) + "\"}");
            assertThat(body(admin, "/api/v1/audit?limit=200"))
                    .contains("/retry", "/cancel")
                    .doesNotContain(CANARY);
            Rows.await("the span of the last call", () -> traced().stream().anyMatch(span -> span.contains("/cancel")));
            told.addAll(traced());
            told.addAll(log.lines());

            assertThat(told).hasSizeGreaterThan(20).noneMatch(text -> text.contains(CANARY));
            assertThat(told).filteredOn(text -> text.contains("\"***\"")).hasSizeGreaterThan(15);
            assertThat(everything(operator, jobs.getFirst(), failed.getFirst()).stream()
                            .filter(path -> body(operator, path).contains(CANARY)))
                    .hasSizeGreaterThan(5);
        }
    }

    private List<String> traced() {
        return spans.getFinishedSpanItems().stream().map(Object::toString).toList();
    }

    @Test
    void whoIsNotShownItDoesNotFindItByAskingForIt() {
        String job = holder("submitter").submit(job(1)).json().path("id").asText();
        String asked = "?q=/pin=" + canary(1);

        for (String path : List.of("/api/v1/jobs", "/api/v1/jobs/counts")) {
            assertThat(holder("viewer").call("GET", path + asked).status()).isEqualTo(403);
            assertThat(holder("submitter").call("GET", path + asked).status()).isEqualTo(403);
        }
        assertThat(holder("operator")
                        .call("GET", "/api/v1/jobs" + asked)
                        .json()
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(job);
    }

    @Test
    void theInstallationsOwnTokenAloneListsOtherTenants() {
        String job = holder("submitter").submit(job(1)).json().path("id").asText();
        Rows.change("update api.job set tenant = 'elsewhere' where id = '" + job + "'");

        for (String path : List.of("/api/v1/jobs?tenant=", "/api/v1/jobs/counts?tenant=")) {
            assertThat(holder("admin").call("GET", path + "elsewhere").status()).isEqualTo(403);
            assertThat(holder("viewer").call("GET", path + "default").status()).isEqualTo(200);
        }
        assertThat(admin.call("GET", "/api/v1/jobs?tenant=elsewhere")
                        .json()
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(job);
        assertThat(admin.call("GET", "/api/v1/jobs?q=" + job).json().path("items"))
                .isEmpty();
    }

    @Test
    void aRefusalQuotesNoneOfIt() {
        Reply wrong =
                holder("submitter").submit("{\"task\":\"bank.login\",\"payload\":{\"pin\":[\"" + canary(1) + "\"]}}");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.http().body()).contains("/payload/pin").doesNotContain(CANARY);
    }

    /** All that shows jobs, and the meters. */
    private static Set<String> everything(Client client, String job, String failed) {
        Set<String> paths = new HashSet<>(List.of(
                "/api/v1/jobs/" + job,
                "/api/v1/jobs/" + job + "/result",
                "/api/v1/jobs/" + failed + "/attempts",
                "/api/v1/jobs/" + failed + "/result",
                "/api/v1/schedules",
                "/api/v1/schedules/secretive",
                "/q/metrics"));
        for (String list : List.of("/api/v1/jobs?limit=200", "/api/v1/dead-letters?limit=200")) {
            String path = list;
            while (paths.add(path)) {
                JsonNode page = client.call("GET", path).json();
                path = page.get("nextCursor").isNull()
                        ? path
                        : list + "&cursor=" + page.get("nextCursor").asText();
            }
        }
        String letter = client.call("GET", "/api/v1/dead-letters?limit=1")
                .json()
                .at("/items/0/id")
                .asText();
        paths.add("/api/v1/dead-letters/" + letter);
        return paths;
    }

    private static String body(Client client, String path) {
        Reply reply = client.call("GET", path);
        assertThat(reply.status()).as(path).isEqualTo(200);
        return reply.http().body();
    }

    /** The first ones one by one, whose ids are told. */
    private List<String> submitted(Client submitter, List<String> told) {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Reply one = submitter.submit(job(i));
            assertThat(one.status()).isEqualTo(202);
            told.add(one.http().body());
            jobs.add(one.json().get("id").asText());
        }
        for (int from = 10; from < SECRETS; from += PART) {
            told.add(submittedTogether(submitter, from));
        }
        return jobs;
    }

    /** Repeated as clients do: a machine that is busy with other things answers 503. */
    private static String submittedTogether(Client submitter, int from) {
        String jobs = IntStream.range(from, from + PART)
                .mapToObj(SensitiveAnswersTest::job)
                .collect(Collectors.joining(","));
        AtomicReference<String> answer = new AtomicReference<>("");
        Rows.await("they are accepted", () -> {
            Reply bulk =
                    submitter.post("/api/v1/jobs/bulk", "{\"jobs\":[" + jobs + "]}", "Idempotency-Key", "from-" + from);
            answer.set(bulk.http().body());
            return bulk.status() == 202;
        });
        return Objects.requireNonNull(answer.get());
    }

    /** So few that no client lags behind. Every tenth fails, whose ids these are; the others return their secret. */
    private List<String> end(int jobs) {
        List<String> failed = new ArrayList<>();
        List<Delivery> taken = new ArrayList<>();
        Rows.await("there are jobs to take", () -> {
            taken.addAll(streams.take(Stage.OTHER, jobs - taken.size()));
            return taken.size() == jobs;
        });
        List<Finish> ends = new ArrayList<>();
        for (Delivery one : taken) {
            boolean fails = ends.size() % 10 == 0;
            if (fails) {
                failed.add(one.job().id().toString());
            }
            ends.add(new Finish(
                    one,
                    fails ? JobState.FAILED : JobState.SUCCEEDED,
                    Duration.ofMillis(1),
                    fails ? null : one.job().payload(),
                    fails ? new JobError("Boom", "it broke", "at line 1") : null));
        }
        streams.finish(ends);
        return failed;
    }

    private static String job(int number) {
        return "{\"task\":\"bank.login\",\"payload\":{\"pin\":\"" + canary(number) + "\",\"user\":\"u\"}}";
    }

    private static String canary(int number) {
        return CANARY + "%04d".formatted(number);
    }

    private Client holder(String role) {
        return new Client(port, token(role));
    }

    private String token(String role) {
        return SwitchedOn.token(admin, role, "default");
    }

    /** Reads the events of all jobs on a thread of its own. */
    private static final class Stream implements AutoCloseable {

        private final InputStream body;
        private final StringBuilder text = new StringBuilder();

        private Stream(InputStream body) {
            this.body = body;
            Thread.ofVirtual().start(this::read);
        }

        static Stream open(int port, String token) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return new Stream(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofInputStream())
                    .body());
        }

        private void read() {
            try {
                byte[] some = new byte[8_192];
                for (int read = body.read(some); read >= 0; read = body.read(some)) {
                    add(new String(some, 0, read, StandardCharsets.UTF_8));
                }
            } catch (java.io.IOException closed) {
                add(": closed");
            }
        }

        private synchronized void add(String more) {
            text.append(more);
        }

        synchronized String text() {
            return text.toString();
        }

        /**
         * Redis was emptied before the test. Where somebody has listened a moment ago, the service finds that out with the next events, and tells
         * a reset instead of them; whatever comes after one or the other is told. Returns how many ends were.
         */
        long awaitItsPlace() {
            Rows.await("an end, or a reset", () -> count("done") + count("reset") > 0);
            return count("done");
        }

        void awaitEnds(long ends) {
            Rows.await(ends + " ends", () -> count("done") >= ends);
        }

        private long count(String name) {
            return text().lines()
                    .filter(line -> line.startsWith("event:" + name))
                    .count();
        }

        @Override
        public void close() throws java.io.IOException {
            body.close();
        }
    }
}
