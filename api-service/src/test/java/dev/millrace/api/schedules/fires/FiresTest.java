package dev.millrace.api.schedules.fires;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.RealServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.api.schedules.PlayedScheduler;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class FiresTest {

    private static final String JOB = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";
    private static final ScheduleKey KEY = new ScheduleKey("default", "nightly");
    private static final Instant TICK = Instant.parse("2026-05-05T05:05:00Z");
    private static final long GENERATION = 7;
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final int MANY = 10_000;

    @Inject
    Stage stage;

    @Inject
    PlayedScheduler scheduler;

    @Inject
    FireCommit commit;

    @Inject
    RedisLink link;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.schedule_fire");
        Rows.change("delete from api.workflow");
        Rows.change("delete from api.schedule");
        Rows.change("delete from api.quarantine");
        scheduler.start();
        scheduler.tell(new Stands(
                PlayedScheduler.schedule(
                        KEY,
                        GENERATION,
                        new ScheduleContent(
                                ScheduleCodec.plan("{\"trigger\":{\"interval\":{\"every\":\"PT1M\"}}}"), JOB, false)),
                Optional.empty()));
        Rows.await("the schedule is on record", () -> Rows.count("api.schedule") == 1);
    }

    @AfterEach
    void stopTheScheduler() {
        scheduler.stop();
    }

    @Test
    void aFireMakesAJobOfItsSchedule() {
        FireReport report = fire(0);

        scheduler.report(List.of(report));

        awaitAnswers(1);
        JsonNode job = Stage.get(client, report.fire().jobId());
        assertThat(job.get("scheduleId").asText()).isEqualTo("nightly");
        assertThat(job.get("queue").asText()).isEqualTo("other");
        assertThat(stage.taken().job().id()).isEqualTo(report.fire().jobId());
        assertThat(fires().get(0).toString())
                .isEqualTo("{\"at\":\"2026-05-05T05:05:00Z\",\"jobId\":\""
                        + report.fire().jobId()
                        + "\",\"workflowId\":null,\"outcome\":\"fired\",\"state\":\"QUEUED\",\"detail\":null}");
        assertThat(client.call("GET", "/api/v1/jobs?scheduleId=nightly").json().get("items"))
                .hasSize(1);
        assertThat(client.call("GET", "/api/v1/jobs/counts?scheduleId=other")
                        .json()
                        .get("QUEUED")
                        .asInt())
                .isZero();
        JsonNode schedule = client.call("GET", "/api/v1/schedules/nightly").json();
        assertThat(schedule.get("lastFireAt").asText()).isEqualTo("2026-05-05T05:05:00Z");
        assertThat(schedule.get("lastOutcome").asText()).isEqualTo("fired");
    }

    @Test
    void I21_aReportThatComesAgainIsAnsweredAgainAndMakesOneJob() {
        FireReport report = fire(0);

        scheduler.report(List.of(report, report));
        scheduler.report(List.of(report));
        Rows.await("it was answered", () -> !scheduler.answers().isEmpty());
        int before = scheduler.answers().size();
        scheduler.report(List.of(report));

        Rows.await("it was answered again", () -> scheduler.answers().size() > before);
        assertThat(scheduler.answers()).containsOnly(answer(report, Outcome.FIRED));
        assertThat(Rows.count("api.job")).isEqualTo(1);
        assertThat(Rows.count("api.schedule_fire")).isEqualTo(1);
    }

    @Test
    void I21_aCrashBetweenTheCommitAndTheAnswerMakesNoSecondJob() {
        FireReport report = fire(0);
        commit.commit(List.of(report));

        scheduler.report(List.of(report));

        awaitAnswers(1);
        assertThat(scheduler.answers()).containsExactly(answer(report, Outcome.FIRED));
        assertThat(Rows.count("api.job")).isEqualTo(1);
        assertThat(stage.taken().job().id()).isEqualTo(report.fire().jobId());
    }

    @Test
    void I21_twoInstancesThatHoldTheSameReportsMakeEachJobOnce() {
        List<FireReport> reports =
                IntStream.range(0, 100).mapToObj(FiresTest::fire).toList();

        List<List<FireAnswer>> answers = Stream.generate(() -> committing(reports)).limit(4).toList().stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(Rows.count("api.job")).isEqualTo(100);
    }

    @Test
    void aFireIsSkippedWhileTheJobOfAnEarlierOneGoesOn() {
        scheduler.report(List.of(skipping(0)));
        awaitAnswers(1);
        scheduler.report(List.of(skipping(1)));
        awaitAnswers(2);

        stage.end(stage.taken(), JobState.SUCCEEDED);
        Stage.awaitState(client, skipping(0).fire().jobId(), JobState.SUCCEEDED);
        scheduler.report(List.of(skipping(1)));
        awaitAnswers(3);
        scheduler.report(List.of(skipping(2)));
        awaitAnswers(4);

        assertThat(scheduler.answers())
                .extracting(FireAnswer::outcome)
                .containsExactly(Outcome.FIRED, Outcome.SKIPPED_OVERLAP, Outcome.SKIPPED_OVERLAP, Outcome.FIRED);
        assertThat(fires().findValuesAsText("outcome")).containsExactly("fired", "skipped-overlap", "fired");
    }

    @Test
    void ofFiresThatComeTogetherTheFirstOneIsMade() {
        commit.commit(List.of(skipping(2), skipping(0), skipping(1)));

        assertThat(fires().findValuesAsText("outcome")).containsExactly("skipped-overlap", "skipped-overlap", "fired");
    }

    @Test
    void twoInstancesNeverFireOneScheduleIntoItself() {
        for (int round = 0; round < 20; round++) {
            ScheduleKey key = new ScheduleKey("default", "race-" + round);
            CompletableFuture<List<FireAnswer>> one = committing(List.of(report(key, 0, Overlap.SKIP, JOB)));
            CompletableFuture<List<FireAnswer>> other = committing(List.of(report(key, 1, Overlap.SKIP, JOB)));

            assertThat(List.of(
                            one.join().getFirst().outcome(),
                            other.join().getFirst().outcome()))
                    .containsExactlyInAnyOrder(Outcome.FIRED, Outcome.SKIPPED_OVERLAP);
        }
    }

    @Test
    void aFireWhoseJobIsRefusedIsNotedWithTheReason() {
        scheduler.report(List.of(
                report(KEY, 0, Overlap.ALLOW, "{\"task\":\"no.such\",\"payload\":{}}"),
                report(KEY, 1, Overlap.ALLOW, "{\"task\":\"demo.echo\",\"payload\":{}}"),
                report(KEY, 2, Overlap.ALLOW, "no json"),
                fire(3)));

        awaitAnswers(4);
        assertThat(fires().findValuesAsText("outcome")).containsExactly("fired", "rejected", "rejected", "rejected");
        assertThat(fires().get(3).get("detail").asText()).contains("no.such");
        assertThat(fires().get(2).get("detail").asText()).startsWith("/payload");
        assertThat(fires().get(1).get("jobId").isNull()).isTrue();
        assertThat(Rows.count("api.job")).isEqualTo(1);
    }

    @Test
    void aMissedTickIsNotedAndMakesNoJob() {
        FireReport missed = new FireReport(KEY, GENERATION, TICK, true, Overlap.ALLOW, JOB);

        scheduler.report(List.of(missed));

        awaitAnswers(1);
        assertThat(scheduler.answers()).containsExactly(answer(missed, Outcome.MISSED));
        assertThat(fires().get(0).get("outcome").asText()).isEqualTo("missed");
        assertThat(Rows.count("api.job")).isZero();
    }

    @Test
    void aJobOfSomebodyElseDoesNotTakeThePlaceOfAFire() {
        FireReport report = fire(0);
        client.submit("{\"id\":\"" + report.fire().jobId() + "\"," + JOB.substring(1));

        scheduler.report(List.of(report));

        awaitAnswers(1);
        assertThat(scheduler.answers()).containsExactly(answer(report, Outcome.REJECTED));
        assertThat(Stage.get(client, report.fire().jobId()).get("scheduleId").isNull())
                .isTrue();
    }

    @Test
    void I27_reportsThatNobodyCanReadHarmOnlyThemselves() {
        String submit = StreamNames.DEFAULT.submit();
        RealServers.add(link, submit, Map.of("kind", "nonsense"));
        RealServers.add(link, submit, Map.of("kind", "fire", "tenant", "default"));
        scheduler.report(List.of(
                fire(0),
                new FireReport(KEY, 1, Instant.parse("+400000-01-01T00:00:00Z"), false, Overlap.ALLOW, JOB),
                fire(1)));

        awaitAnswers(2);
        assertThat(scheduler.answers()).extracting(FireAnswer::outcome).containsOnly(Outcome.FIRED);
        assertThat(Rows.count("api.quarantine where stream = '" + submit + "'")).isEqualTo(3);
    }

    @Test
    void tenThousandFiresAtOnceAreMade() {
        List<FireReport> reports = IntStream.range(0, MANY)
                .mapToObj(i -> report(new ScheduleKey("default", "s" + i), 0, Overlap.SKIP, JOB))
                .toList();
        long start = System.nanoTime();

        scheduler.report(reports);
        Rows.await("all are answered", () -> scheduler.answers().size() >= MANY);

        System.out.printf(
                "%d fires were decided and answered in %d ms%n", MANY, (System.nanoTime() - start) / 1_000_000);
        assertThat(Rows.count("api.job")).isEqualTo(MANY);
        assertThat(scheduler.answers().stream().distinct()).hasSize(MANY);
    }

    @Test
    void whoeverTriggersAScheduleGetsItsJobAtOnce() {
        scheduler.stop();

        Reply first = client.post("/api/v1/schedules/nightly/trigger", "");
        Reply second = client.post("/api/v1/schedules/nightly/trigger", "{}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        JsonNode job = client.call("GET", first.header("Location")).json();
        assertThat(job.get("scheduleId").asText()).isEqualTo("nightly");
        assertThat(fires().findValuesAsText("jobId"))
                .containsExactly(
                        second.json().get("id").asText(), first.json().get("id").asText());
        assertThat(fires().findValuesAsText("outcome")).containsExactly("fired", "fired");
        assertThat(stage.taken().job().id()).isEqualTo(JobId.parse(job.get("id").asText()));
    }

    private static FireReport starting(int minute, Overlap overlap, String workflow) {
        return report(KEY, minute, overlap, "{\"workflow\":" + workflow.replace('\'', '"') + "}");
    }

    @Test
    void I21_aFireStartsTheWorkflowOfItsScheduleOnce() {
        FireReport report =
                starting(0, Overlap.ALLOW, "{'root':{'task':'demo.echo','queue':'other','payload':{'value':1}}}");
        scheduler.report(List.of(report, report));
        awaitAnswers(1);
        commit.commit(List.of(report));

        assertThat(scheduler.answers()).containsOnly(answer(report, Outcome.FIRED));
        String id = report.fire().jobId().toString();
        JsonNode fire = fires().get(0);
        assertThat(fire.get("workflowId").asText()).isEqualTo(id);
        assertThat(fire.get("jobId").isNull()).isTrue();
        assertThat(fire.get("state").asText()).isEqualTo("RUNNING");
        JsonNode workflow = client.call("GET", "/api/v1/workflows/" + id).json();
        assertThat(workflow.get("scheduleId").asText()).isEqualTo("nightly");
        assertThat(client.call("GET", "/api/v1/workflows?scheduleId=nightly")
                        .json()
                        .get("items"))
                .hasSize(1);
        stage.end(stage.taken(), JobState.SUCCEEDED);
        Rows.await(
                "the workflow has ended",
                () -> fires().get(0).get("state").asText().equals("SUCCEEDED"));
        assertThat(Rows.count("api.workflow")).isEqualTo(1);
        assertThat(Rows.count("api.job")).isEqualTo(1);
    }

    @Test
    void aFireIsSkippedWhileTheWorkflowOfAnEarlierOneGoesOn() {
        String waits = "{'root':{'signal':'go'}}";
        FireReport first = starting(0, Overlap.SKIP, waits);

        List<FireAnswer> answers = commit.commit(List.of(first, starting(1, Overlap.SKIP, waits)));
        client.post("/api/v1/workflows/" + first.fire().jobId() + "/signals/go", "1");
        List<FireAnswer> later = commit.commit(List.of(starting(2, Overlap.SKIP, waits)));

        assertThat(answers).extracting(FireAnswer::outcome).containsExactly(Outcome.FIRED, Outcome.SKIPPED_OVERLAP);
        assertThat(later).extracting(FireAnswer::outcome).containsExactly(Outcome.FIRED);
        assertThat(fires().findValuesAsText("outcome")).containsExactly("fired", "skipped-overlap", "fired");
    }

    @Test
    void twoInstancesNeverStartAWorkflowOfOneScheduleTwice() {
        String waits = "{'root':{'signal':'go'}}";
        for (int round = 0; round < 10; round++) {
            ScheduleKey key = new ScheduleKey("default", "race-" + round);
            String work = "{\"workflow\":" + waits.replace('\'', '"') + "}";
            CompletableFuture<List<FireAnswer>> one = committing(List.of(report(key, 0, Overlap.SKIP, work)));
            CompletableFuture<List<FireAnswer>> other = committing(List.of(report(key, 1, Overlap.SKIP, work)));

            assertThat(List.of(
                            one.join().getFirst().outcome(),
                            other.join().getFirst().outcome()))
                    .containsExactlyInAnyOrder(Outcome.FIRED, Outcome.SKIPPED_OVERLAP);
        }
        assertThat(Rows.count("api.workflow")).isEqualTo(10);
    }

    @Test
    void aFireWhoseWorkflowIsRefusedOrMissedStartsNothing() {
        FireReport missed = new FireReport(
                KEY, GENERATION, TICK, true, Overlap.ALLOW, "{\"workflow\":{\"root\":{\"signal\":\"go\"}}}");
        List<FireAnswer> answers = commit.commit(List.of(
                missed,
                starting(1, Overlap.ALLOW, "{'definition':'none'}"),
                starting(2, Overlap.ALLOW, "{'id':'0192f3c1-7f3e-7abc-8def-0123456789ab','root':{'signal':'go'}}")));

        assertThat(answers)
                .extracting(FireAnswer::outcome)
                .containsExactly(Outcome.MISSED, Outcome.REJECTED, Outcome.REJECTED);
        assertThat(fires().findValuesAsText("detail").getFirst()).startsWith("/id: ");
        assertThat(Rows.count("api.workflow")).isZero();
    }

    @Test
    void whoeverTriggersAScheduleOfWorkflowsGetsItsWorkflowAtOnce() {
        scheduler.tell(new Stands(
                PlayedScheduler.schedule(
                        new ScheduleKey("default", "report"),
                        GENERATION,
                        new ScheduleContent(
                                ScheduleCodec.plan("{\"trigger\":{\"interval\":{\"every\":\"PT1M\"}}}"),
                                "{\"workflow\":{\"root\":{\"signal\":\"go\"}}}",
                                false)),
                Optional.empty()));
        Rows.await("the schedule is on record", () -> Rows.count("api.schedule") == 2);

        Client.Reply reply = client.post("/api/v1/schedules/report/trigger", "");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("state").asText()).isEqualTo("WAITING");
        assertThat(reply.header("Location"))
                .isEqualTo("/api/v1/workflows/" + reply.json().get("id").asText());
        assertThat(client.call("GET", "/api/v1/schedules/report/fires").json().at("/items/0/workflowId"))
                .isEqualTo(reply.json().get("id"));
    }

    @Test
    void pagesThroughTheHistoryTheLatestFirst() {
        scheduler.report(IntStream.range(0, 5).mapToObj(FiresTest::fire).toList());
        awaitAnswers(5);

        JsonNode page =
                client.call("GET", "/api/v1/schedules/nightly/fires?limit=3").json();
        JsonNode rest = client.call(
                        "GET",
                        "/api/v1/schedules/nightly/fires?limit=3&cursor="
                                + page.get("nextCursor").asText())
                .json();

        assertThat(page.get("items").findValuesAsText("at"))
                .containsExactly("2026-05-05T05:09:00Z", "2026-05-05T05:08:00Z", "2026-05-05T05:07:00Z");
        assertThat(rest.get("items").findValuesAsText("at"))
                .containsExactly("2026-05-05T05:06:00Z", "2026-05-05T05:05:00Z");
        assertThat(rest.get("nextCursor").isNull()).isTrue();
    }

    /** On a thread of its own, as another instance would. */
    private CompletableFuture<List<FireAnswer>> committing(List<FireReport> reports) {
        return CompletableFuture.supplyAsync(() -> commit.commit(reports), THREADS);
    }

    private JsonNode fires() {
        return client.call("GET", "/api/v1/schedules/nightly/fires").json().get("items");
    }

    private void awaitAnswers(int count) {
        Rows.await(count + " answers came", () -> scheduler.answers().size() >= count);
    }

    private static FireReport fire(int minute) {
        return report(KEY, minute, Overlap.ALLOW, JOB);
    }

    private static FireReport skipping(int minute) {
        return report(KEY, minute, Overlap.SKIP, JOB);
    }

    private static FireReport report(ScheduleKey key, int minute, Overlap overlap, String job) {
        return new FireReport(key, GENERATION, TICK.plusSeconds(60L * minute), false, overlap, job);
    }

    private static FireAnswer answer(FireReport report, Outcome outcome) {
        return new FireAnswer(report.key(), report.generation(), report.at(), outcome);
    }
}
