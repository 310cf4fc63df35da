package dev.millrace.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class SchedulesTest {

    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String JOB = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";
    private static final String HOURLY = "\"trigger\":{\"cron\":{\"expression\":\"0 * * * *\"}}";

    @Inject
    Stage stage;

    @Inject
    PlayedScheduler scheduler;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.schedule_command");
        Rows.change("delete from api.schedule");
        Rows.change("delete from api.schedule_fire");
        scheduler.start();
    }

    @AfterEach
    void stopTheScheduler() {
        scheduler.stop();
    }

    @Test
    void makesAScheduleThatIsReadAndListedAndDeleted() {
        Reply made = create("reports", "");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(SCHEDULES + "/reports");
        Reply read = client.call("GET", SCHEDULES + "/reports");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(made.json());
        assertThat(read.header("ETag")).isEqualTo(made.header("ETag")).isEqualTo(etag(made));
        assertThat(listed("")).containsExactly("reports");

        assertThat(client.call("DELETE", SCHEDULES + "/reports").status()).isEqualTo(204);
        assertThat(client.call("GET", SCHEDULES + "/reports").status()).isEqualTo(404);
        assertThat(listed("")).isEmpty();
    }

    @Test
    void showsEveryFieldAndTheDefaultsOfThoseThatWereLeftOut() {
        JsonNode schedule = create("reports", "").json();

        assertThat(schedule.get("trigger").toString())
                .isEqualTo("{\"cron\":{\"expression\":\"0 * * * *\",\"timezone\":\"UTC\",\"dayMatch\":\"either\"}}");
        assertThat(schedule.get("job").toString()).isEqualTo(JOB);
        assertThat(schedule.get("misfire").asText()).isEqualTo("fireOnce");
        assertThat(schedule.get("misfireGrace").asText()).isEqualTo("PT1M");
        assertThat(schedule.get("overlap").asText()).isEqualTo("allow");
        assertThat(schedule.get("paused").asBoolean()).isFalse();
        assertThat(schedule.get("source").asText()).isEqualTo("api");
        assertThat(schedule.get("nextFireAt").asText()).endsWith(":00:00Z");
        assertThat(schedule.get("lastFireAt").isNull()).isTrue();
        assertThat(schedule.get("description").asText()).startsWith("It fires ").endsWith(".");
    }

    @Test
    void aScheduleMayStartWorkflowsInPlaceOfJobs() {
        String workflow = "{\"root\":{\"signal\":\"go\"},\"input\":{\"n\":1}}";
        Reply made = client.post(SCHEDULES, "{\"id\":\"flows\"," + HOURLY + ",\"workflow\":" + workflow + "}");

        assertThat(made.status()).as(made.http().body()).isEqualTo(201);
        assertThat(made.json().get("workflow")).hasToString(workflow);
        assertThat(made.json().get("job").isNull()).isTrue();

        Reply patched = patch("flows", "{\"workflow\":{\"input\":{\"n\":2}}}");
        assertThat(patched.json().at("/workflow/input/n").asInt()).isEqualTo(2);
        assertThat(patched.json().at("/workflow/root/signal").asText()).isEqualTo("go");
        Reply other = patch("flows", "{\"workflow\":null,\"job\":" + JOB + "}");
        assertThat(other.json().get("job")).hasToString(JOB);
        assertThat(other.json().get("workflow").isNull()).isTrue();
        assertThat(patch("flows", "{\"workflow\":{\"root\":{\"signal\":\"go\"}}}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/workflow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"definition":"none"}                                    | unknown-workflow | /workflow/definition
                    {"root":{"task":"no.such","payload":{}}}                 | unknown-task     | /workflow/root/task
                    {"root":{"signal":"go"},"delay":"PT1S"}                  | invalid          | /workflow/delay
                    {"root":{"signal":"go"},"prio":1}                        | unknown-field    | /workflow/prio
                    7                                                        | invalid          | /workflow
                    """)
    void refusesAScheduleWhoseWorkflowCouldNotStart(String workflow, String type, String pointer) {
        Reply reply = client.post(SCHEDULES, "{" + HOURLY + ",\"workflow\":" + workflow + "}");

        assertThat(reply.problem()).isEqualTo(type);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void makesAnIdWhereNoneIsGiven() {
        Reply made = client.post(SCHEDULES, "{" + HOURLY + ",\"job\":" + JOB + "}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location"))
                .isEqualTo(SCHEDULES + "/" + made.json().get("id").asText());
    }

    @Test
    void refusesAnIdThatIsThere() {
        create("reports", "");

        Reply again = create("reports", "");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("conflict");
    }

    @Test
    void putMakesAndReplaces() {
        Reply made = put("reports", "");
        Reply replaced = put("reports", ",\"overlap\":\"skip\"", "If-Match", etag(made));

        assertThat(made.status()).isEqualTo(201);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().get("overlap").asText()).isEqualTo("skip");
        assertThat(replaced.header("ETag")).isNotEqualTo(made.header("ETag"));
    }

    @Test
    void refusesAnOldETag() {
        Reply made = put("reports", "");
        put("reports", ",\"overlap\":\"skip\"");

        assertThat(put("reports", "", "If-Match", etag(made)).problem()).isEqualTo("stale");
        assertThat(patch("reports", "{\"paused\":true}", "If-Match", etag(made)).status())
                .isEqualTo(412);
        assertThat(client.call("DELETE", SCHEDULES + "/reports", "If-Match", etag(made))
                        .status())
                .isEqualTo(412);
        assertThat(put("other", "", "If-Match", "*").status()).isEqualTo(412);
        assertThat(client.call("DELETE", SCHEDULES + "/reports", "If-Match", "*")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aSchedulerThatHasANewerVersionRefusesTheOldETagToo() {
        Reply made = put("reports", "");
        scheduler.beforeNext(() -> scheduler.touch(key("reports")));

        assertThat(put("reports", ",\"overlap\":\"skip\"", "If-Match", etag(made))
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aPatchSaysWhatIsToBeOtherwise() {
        create("reports", ",\"endAt\":\"2999-01-01T00:00:00Z\",\"misfire\":{\"fireAll\":{\"max\":5}}");

        Reply patched = patch(
                "reports",
                "{\"endAt\":null,\"job\":{\"priority\":9,\"payload\":{\"more\":true}},"
                        + "\"trigger\":{\"cron\":{\"timezone\":\"Europe/Berlin\"}}}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().get("endAt").isNull()).isTrue();
        assertThat(patched.json().get("job").toString())
                .isEqualTo("{\"task\":\"demo.echo\",\"payload\":{\"value\":1,\"more\":true},\"priority\":9}");
        assertThat(patched.json().at("/trigger/cron/timezone").asText()).isEqualTo("Europe/Berlin");
        assertThat(patched.json().at("/misfire/fireAll/max").asInt()).isEqualTo(5);
        assertThat(patched.header("ETag")).isEqualTo(etag(patched));
    }

    @Test
    void aPatchWithoutAnETagIsMadeAnewOfWhatSomebodyElseChanged() {
        create("reports", "");
        scheduler.beforeNext(() -> scheduler.touch(key("reports")));

        assertThat(patch("reports", "{\"paused\":true}").status()).isEqualTo(200);
        assertThat(scheduler.heard()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                     | 422 | invalid
                    {"trigger":null}                       | 422 | invalid
                    {"trigger":{"once":{"at":"x"}}}        | 422 | invalid
                    {"id":"other"}                         | 422 | invalid
                    {"version":3}                          | 400 | unknown-field
                    {"job":{"task":"no.such"}}             | 422 | unknown-task
                    {"job":null}                           | 422 | invalid""")
    void refusesAPatchThatLeavesNoSchedule(String patch, int status, String problem) {
        create("reports", "");

        Reply refused = patch("reports", patch);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.problem()).isEqualTo(problem);
    }

    @Test
    void aPausedScheduleHasNoNextTimeUntilItIsResumed() {
        create("reports", "");

        Reply paused = client.post(SCHEDULES + "/reports/pause", "");

        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.json().get("paused").asBoolean()).isTrue();
        assertThat(paused.json().get("nextFireAt").isNull()).isTrue();
        assertThat(listed("?paused=true")).containsExactly("reports");
        assertThat(listed("?paused=false")).isEmpty();
        Reply resumed = client.post(SCHEDULES + "/reports/resume", "{}", "Content-Type", "text/plain");
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.json().get("nextFireAt").isNull()).isFalse();
    }

    @Test
    void whatTheConfigurationDeclaresIsNotChangedHere() {
        scheduler.declare(key("declared"), content("{\"trigger\":{\"interval\":{\"every\":\"PT1M\"}}}"));
        Rows.await("it is on record", () -> get("declared").status() == 200);

        assertThat(get("declared").json().get("source").asText()).isEqualTo("configuration");
        assertThat(put("declared", "").problem()).isEqualTo("conflict");
        assertThat(client.call("DELETE", SCHEDULES + "/declared").status()).isEqualTo(409);
    }

    @Test
    void knowsNoScheduleOfAnotherTenant() {
        scheduler.declare(
                new ScheduleKey("somebody", "secret"), content("{\"trigger\":{\"interval\":{\"every\":\"PT1M\"}}}"));
        Rows.await("it is on record", () -> Rows.count("api.schedule where tenant = 'somebody'") == 1);

        assertThat(listed("")).isEmpty();
        for (String path : List.of("", "/fires", "/preview")) {
            assertThat(client.call("GET", SCHEDULES + "/secret" + path).status())
                    .isEqualTo(404);
        }
        for (String path : List.of("/pause", "/resume", "/trigger")) {
            assertThat(client.post(SCHEDULES + "/secret" + path, "").status()).isEqualTo(404);
        }
        assertThat(patch("secret", "{\"paused\":true}").status()).isEqualTo(404);
        assertThat(client.call("DELETE", SCHEDULES + "/secret").status()).isEqualTo(404);
    }

    @Test
    void pagesThroughManyInTheOrderOfTheirIds() {
        for (String id : List.of("c", "a", "e", "b", "d")) {
            create(id, "");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.call("GET", SCHEDULES + "?limit=2" + cursor).json();
            page.get("items").forEach(item -> seen.add(item.get("id").asText()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "trigger":{"cron":{"expression":"61 * * * *"}}                    | 422 | /trigger/cron/expression
                    "trigger":{"cron":{"expression":"* * * * *","timezone":"Mars"}}   | 422 | /trigger/cron/timezone
                    "trigger":{"cron":{"expression":"* * * * *","zone":"UTC"}}        | 400 | /trigger/cron/zone
                    "trigger":{"interval":{"every":"PT0S"}}                           | 422 | /trigger/interval/every
                    "trigger":{"solar":{"event":"noon","latitude":91,"longitude":0}}  | 422 | /trigger/solar
                    "trigger":{"once":{"at":"2001-01-01T00:00:00Z"}}                  | 422 | /trigger
                    "trigger":{"once":{"at":"2999-01-01T00:00:00Z"},"cron":{}}        | 422 | /trigger
                    "trigger":{"weekly":{}}                                           | 400 | /trigger/weekly
                    "trigger":{"interval":{"every":"PT1H"}},"endAt":"2020-01-01T00:00:00Z" | 422 | /trigger
                    "trigger":{"interval":{"every":"PT1H"}},"misfire":"never"         | 422 | /misfire
                    "trigger":{"interval":{"every":"PT1H"}},"overlap":1               | 422 | /overlap
                    "trigger":{"interval":{"every":"PT1H"}},"paused":"no"             | 422 | /paused
                    "trigger":{"interval":{"every":"PT1H"}},"id":"a b"                | 422 | /id
                    "trigger":{"interval":{"every":"PT1H"}},"id":"preview"            | 422 | /id
                    "trigger":{"interval":{"every":"PT1H"}},"nextFireAt":null         | 400 | /nextFireAt""")
    void refusesWhatIsNoScheduleAndSaysWhere(String fields, int status, String pointer) {
        Reply refused = client.post(SCHEDULES, "{" + fields + ",\"job\":" + JOB + "}");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().at("/errors/0/pointer").asText()).startsWith(pointer);
        assertThat(Rows.count("api.schedule_command")).isZero();
    }

    @Test
    void namesTheColumnOfABadExpression() {
        String body = "{\"trigger\":{\"cron\":{\"expression\":\"0 25 * * *\"}},\"job\":" + JOB + "}";

        assertThat(client.post(SCHEDULES, body).json().get("detail").asText()).startsWith("Column 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"payload":{}}                                        | 422 | invalid         | /job/task
                    {"task":"no.such","payload":{}}                       | 422 | unknown-task    | /job/task
                    {"task":"demo.echo","payload":{}}                     | 422 | payload-invalid | /job/payload
                    {"task":"demo.echo","payload":{"value":1},"queue":"x"} | 422 | unknown-queue  | /job/queue
                    {"task":"demo.echo","payload":{"value":1},"prio":1}   | 400 | unknown-field   | /job/prio
                    {"task":"demo.echo","payload":{"value":1},"delay":"PT1S"} | 422 | invalid     | /job/delay
                    {"task":"demo.echo","payload":{"value":1},"id":"x"}   | 422 | invalid         | /job/id
                    []                                                    | 422 | invalid         | /job
                    null                                                  | 422 | invalid         | /job""")
    void looksAtTheJobAsASubmitWould(String job, int status, String problem, String pointer) {
        Reply refused = client.post(SCHEDULES, "{" + HOURLY + ",\"job\":" + job + "}");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused.json().at("/errors/0/pointer").asText()).startsWith(pointer);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        Reply refused = client.post(
                SCHEDULES,
                "{\"trigger\":{\"cron\":{\"expression\":\"x\"}},\"overlap\":\"maybe\",\"job\":{\"task\":1}}");

        assertThat(refused.json().get("errors").findValuesAsText("pointer"))
                .contains("/trigger/cron/expression", "/overlap", "/job/task", "/job/payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pause", "/resume", "/trigger"})
    void aCallThatHasNothingToSayTakesNoFields(String call) {
        create("reports", "");

        assertThat(client.post(SCHEDULES + "/reports" + call, "{\"x\":1}").status())
                .isEqualTo(400);
        assertThat(client.post(SCHEDULES + "/reports" + call, "{").status()).isEqualTo(400);
    }

    @Test
    void withoutASchedulerAChangeStandsAndIsConfirmedLater() {
        scheduler.stop();

        Reply made = create("later", "");
        Reply changed = client.post(SCHEDULES + "/later/pause", "");

        assertThat(made.status()).isEqualTo(202);
        assertThat(made.header("Location")).isEqualTo(SCHEDULES + "/later");
        assertThat(made.json().get("confirmed").asBoolean()).isFalse();
        assertThat(changed.status()).isEqualTo(202);
        assertThat(get("later").status()).isEqualTo(404);
        scheduler.start();
        Rows.await(
                "it is there and paused",
                () -> get("later").json().path("paused").asBoolean());
        assertThat(scheduler.heard())
                .extracting(command -> command.getClass().getSimpleName())
                .containsExactly("Create", "Pause");
    }

    @Test
    void aCommandWhoseAnswerIsLostIsRepeatedAndCarriedOutOnce() {
        scheduler.loseAnswers(1);

        Reply made = create("reports", "");

        assertThat(made.status()).isEqualTo(202);
        Rows.await("the answer came at last", () -> get("reports").status() == 200);
        assertThat(scheduler.heard()).extracting(ScheduleCommand::id).hasSize(2);
        assertThat(scheduler.heard().stream().map(ScheduleCommand::id).distinct())
                .hasSize(1);
        Rows.await(
                "nothing is open",
                () -> Rows.count("api.schedule_command where answer is null or send_at is not null") == 0);
    }

    @Test
    void aDeleteThatIsNotConfirmedIsAnsweredSo() {
        create("reports", "");
        scheduler.stop();

        Reply deleted = client.call("DELETE", SCHEDULES + "/reports");

        assertThat(deleted.status()).isEqualTo(202);
        scheduler.start();
        Rows.await("it is gone", () -> get("reports").status() == 404);
    }

    @Test
    void aChangeThatRedisCannotBeToldStandsAndIsCarriedOutLater() {
        ApiServers.redis().kill();
        Reply made = create("reports", "");
        ApiServers.redis().restart();

        assertThat(made.status()).isEqualTo(202);
        Rows.await("it is made", () -> get("reports").status() == 200);
    }

    @Test
    void withoutPostgresACallIsToBeSentAgain() {
        ApiServers.postgres().kill();
        try {
            assertThat(create("reports", "").problem()).isEqualTo("unavailable");
            assertThat(get("reports").status()).isEqualTo(503);
            assertThat(client.call("GET", SCHEDULES).header("Retry-After")).isEqualTo("2");
        } finally {
            ApiServers.postgres().restart();
        }
        Rows.await("it is made", () -> create("reports", "").status() != 503);
    }

    private Reply create(String id, String fields) {
        return client.post(SCHEDULES, "{\"id\":\"" + id + "\"," + HOURLY + ",\"job\":" + JOB + fields + "}");
    }

    private Reply put(String id, String fields, String... headers) {
        return client.send("PUT", SCHEDULES + "/" + id, "{" + HOURLY + ",\"job\":" + JOB + fields + "}", headers);
    }

    private Reply patch(String id, String patch, String... headers) {
        return client.send("PATCH", SCHEDULES + "/" + id, patch, headers);
    }

    private Reply get(String id) {
        return client.call("GET", SCHEDULES + "/" + id);
    }

    private List<String> listed(String query) {
        return client.call("GET", SCHEDULES + query).json().get("items").findValuesAsText("id");
    }

    private static String etag(Reply reply) {
        return '"' + reply.json().get("version").asText() + '"';
    }

    private static ScheduleKey key(String id) {
        return new ScheduleKey("default", id);
    }

    private static ScheduleContent content(String plan) {
        return new ScheduleContent(ScheduleCodec.plan(plan), JOB, false);
    }
}
