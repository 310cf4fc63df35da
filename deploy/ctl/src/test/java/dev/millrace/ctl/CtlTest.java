package dev.millrace.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands end, and what is said when they cannot be carried out. */
class CtlTest {

    private static final String JOB = "0192f3c1-7f3e-7abc-8def-0123456789ab";

    private final FakeApi api = new FakeApi();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jbos",
                "dlq",
                "jobs --limit many",
                "jobs --state ASLEEP",
                "jobs --no-such-option",
                "job",
                "job a b",
                "cancel",
                "tokens create ci",
                "tokens create ci --role king",
                "submit demo.echo --delay soon",
                "schedules preview",
                "pool widen 3 w",
                "drain",
                "drain w --every",
                "requeue",
                "requeue some-letter --task t",
                "requeue --task t --payload {}",
                "purge mail",
                "purge mail --confirm male",
                "job ..",
                "jobs --profile nowhere",
                "jobs --url ftp://x",
                "completion --name a;b"
            })
    void whatCannotBeMeantAsksNothingAndEndsWith2(String words) {
        Ran ran = Ran.on(api, words.isEmpty() ? new String[0] : words.split(" "));

        assertThat(ran.exit()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void aCommandThatIsMistypedIsGuessed() {
        assertThat(Ran.on(api, "schedule").err()).contains("Did you mean", "schedules");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "jobs --help", "help schedules", "dlq list -h"})
    void helpIsNoMistake(String words) {
        Ran ran = Ran.on(api, words.split(" "));

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Usage: ctl");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theHelpTellsAllVerbsAndTheExitStatuses() {
        assertThat(Ran.on(api, "--help").out())
                .contains("schedules", "audit", "Exit status:", "the job ended, and not as SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--url %s me", "me --url %s", "--url %s --json me", "--url=%s me"})
    void optionsOfAllVerbsStandBeforeOrBehindThem(String words) {
        api.answers("GET /api/v1/me", 200, "{}");

        Ran ran = Ran.with(
                Map.of("MILLRACE_URL", "http://127.0.0.1:1"),
                words.formatted(api.url()).split(" "));

        assertThat(ran.exit()).as(ran.toString()).isZero();
    }

    @Test
    void aValueOfAnOptionIsNotTakenForAVerb() {
        assertThat(Ran.on(api, "--profile", "status", "me").err()).contains("There is no profile 'status'");
    }

    @Test
    void aTokenIsNotTakenFromTheCommandLineNorRepeated() {
        Ran ran = Ran.on(api, "jobs", "--token", "mr_4fGhT0aQ_0000000000000000000000000000000000000000000");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--token").doesNotContain("4fGhT0aQ");
    }

    @Test
    void theTokenOfTheEnvironmentIsSent() {
        api.answers("GET /api/v1/me", 200, "{\"name\":\"ci\",\"role\":\"viewer\",\"tenant\":\"default\"}");

        Ran ran = Ran.with(Map.of("MILLRACE_URL", api.url(), "MILLRACE_TOKEN", "mr_a_b"), "me");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("viewer").doesNotContain("mr_a_b");
        assertThat(ran.err()).isEmpty();
        assertThat(api.call().authorization()).isEqualTo("Bearer mr_a_b");
    }

    @Test
    void aServerThatIsNotThereEndsWith3() {
        api.close();

        Ran ran = Ran.on(api, "jobs");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("There is no connection to " + api.url());
    }

    @Test
    void aRefusalIsToldAsPeopleReadIt() {
        api.answers("POST /api/v1/jobs", 422, """
                {"type":"/problems/invalid","title":"The request is not valid","status":422,"detail":"2 places are wrong.",
                 "instance":"/api/v1/jobs","traceId":"4bf92f","errors":[
                 {"pointer":"/priority","detail":"A priority is a whole number from 1 to 10."},
                 {"pointer":"","detail":"There is a \\u001b[31mfield\\u001b[0m missing."}]}""");

        Ran ran = Ran.on(api, "submit", "demo.echo", "--priority", "11");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("""
                The request is not valid (invalid, 422).
                  2 places are wrong.
                  /priority: A priority is a whole number from 1 to 10.
                  the body: There is a \\u001b[31mfield\\u001b[0m missing.
                """);
    }

    @Test
    void aRefusalIsAsItCameWhereJsonIsWanted() {
        String problem = FakeApi.problem(409, "conflict", "The state does not allow it");
        api.answers("POST /api/v1/jobs/" + JOB + "/cancel", 409, problem);

        Ran ran = Ran.on(api, "cancel", JOB, "--json");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo(problem + "\n");
    }

    @Test
    void aMissingTokenIsToldWithWhatToDo() {
        api.answers("GET /api/v1/me", 401, FakeApi.problem(401, "unauthenticated", "It is not known who asks"));

        assertThat(Ran.on(api, "me").err())
                .contains("It is not known who asks (unauthenticated, 401)", "MILLRACE_TOKEN");
    }

    @Test
    void aServerThatIsNotAvailableNowEndsWith3() {
        api.answers(
                "GET /api/v1/me",
                503,
                "application/problem+json",
                FakeApi.problem(503, "unavailable", "Not available now"),
                Map.of("Retry-After", "2"));

        Ran ran = Ran.on(api, "me");

        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("Not available now", "after 2 s");
    }

    @Test
    void aWorkerThatDoesNotReplyEndsWith6() {
        api.answers("POST /api/v1/workers/w1/ping", 504, FakeApi.problem(504, "no-reply", "The worker did not reply"));

        assertThat(Ran.on(api, "ping", "w1").exit()).isEqualTo(6);
    }

    @Test
    void anAnswerOfSomethingElseIsToldAsSuch() {
        api.answers("GET /api/v1/me", 502, "text/html", "<html>Bad gateway</html>", Map.of());

        Ran ran = Ran.on(api, "me");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("not one of Millrace", "502").doesNotContain("<html>");
    }

    @Test
    void aServerWithoutTheOperationIsToldFromAThingThatIsNotThere() {
        api.lists("GET /api/v1/jobs/{id}");

        Ran older = Ran.on(api, "pause", "mail");
        Ran unknown = Ran.on(api, "job", JOB);

        assertThat(older.exit()).isEqualTo(1);
        assertThat(older.err()).contains("This server does not have it: POST /api/v1/queues/{…}/pause");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("There is no such thing here (not-found, 404)");
    }

    @Test
    void oneOfManyThatFailsKeepsNoOtherFromItsTurn() {
        api.lists("POST /api/v1/jobs/{id}/cancel")
                .answers("POST /api/v1/jobs/a/cancel", 409, FakeApi.problem(409, "conflict", "It has ended"))
                .answers("POST /api/v1/jobs/b/cancel", 200, "{\"state\":\"CANCELLED\"}");

        Ran ran = Ran.on(api, "cancel", "a", "b");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("b CANCELLED\n");
        assertThat(ran.err()).contains("a:", "It has ended");
    }

    @Test
    void aSubmitWhoseAnswerIsLostTellsHowToRepeatIt() {
        api.close();

        assertThat(Ran.on(api, "submit", "demo.echo").err()).contains("--key " + Ran.ID);
    }

    @Test
    void theCompletionNamesVerbsAndOptions() {
        Ran ran = Ran.on(api, "completion");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("mrctl", "schedules", "--state", "SUCCEEDED", "complete -F");
    }
}
