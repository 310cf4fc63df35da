package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.Shell;
import dev.millrace.testkit.Awaiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator types, on a platform that runs: all verbs on one. */
@Tag("native")
class CtlIT {

    private static final String PAGE = "deploy/ctl/README.md";
    private static final String COMMAND = "./millrace ctl";
    private static final Duration ENDED = Duration.ofSeconds(30);

    private static @Nullable Platform platform;
    private static @Nullable Terminal terminal;

    @BeforeAll
    static void up(@TempDir Path home) throws Exception {
        platform = Platform.up(home);
        terminal = new Terminal(platform.api().url());
        run("schedules put hourly '{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},"
                + "\"job\":{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}}'");
    }

    @AfterAll
    static void down() {
        platform().close();
    }

    static Stream<String> linesOfThePage() throws IOException {
        return Pattern.compile("\\| `(\\./millrace ctl [^`]*)` \\|\n")
                .matcher(page())
                .results()
                .map(row -> row.group(1));
    }

    static Stream<String> programsOfThePage() throws IOException {
        return Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page())
                .results()
                .map(block -> block.group(1));
    }

    private static String page() throws IOException {
        return Files.readString(Platform.checkout().resolve(PAGE));
    }

    @ParameterizedTest
    @MethodSource("linesOfThePage")
    void everyLineOfThePageDoesWhatItSays(String line) {
        assertThat(line).startsWith(COMMAND);
        Terminal.Typed typed = terminal().type(line.substring(COMMAND.length()), things(line));

        assertThat(typed.status()).as(line + ": " + typed.text()).isZero();
        assertThat(typed.text()).as(line).doesNotContain("does not have it", "Exception in thread");
    }

    @ParameterizedTest
    @MethodSource("programsOfThePage")
    void everyLineForAShellDoesWhatItSays(String line) {
        Shell.End end = terminal().shell(line, Map.of());

        assertThat(end.status()).as(line + ": " + end.text()).isZero();
        assertThat(end.text()).as(line).doesNotContain("Exception in thread");
    }

    @Test
    void thePageNamesEnoughOfThem() throws IOException {
        assertThat(linesOfThePage()).hasSizeGreaterThan(45);
    }

    @Test
    void aSubmitIsFollowedToItsResult() {
        Terminal.Typed watched = type("submit demo.sleep '{\"duration\":\"PT1S\",\"steps\":4}' --watch");
        assertThat(watched.status()).as(watched.text()).isZero();
        assertThat(watched.text()).contains("RUNNING", " of 4", "SUCCEEDED");

        JsonNode result = json("submit demo.echo '{\"value\":1.50}' --wait --json");
        assertThat(result.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/result/value").asText()).isEqualTo("1.5");
    }

    @Test
    void aJobThatFailsEndsTheCommandWith4() {
        Shell.End failed = terminal()
                .shell(
                        COMMAND
                                + " submit demo.fail '{\"message\":\"\\u001b[2Jbroken\",\"kind\":\"permanent\"}' --wait",
                        Map.of());

        assertThat(failed.status()).as(failed.text()).isEqualTo(4);
        assertThat(failed.text()).contains("FAILED", "\\u001b[2Jbroken").doesNotContain("\u001b");
    }

    @Test
    void aJobThatGoesOnEndsTheCommandWith5() {
        String job = running();

        assertThat(type("result " + job).status()).isEqualTo(5);
        assertThat(type("watch " + job + " --for 1s").status()).isEqualTo(5);
    }

    @Test
    void aRefusalOfTheServerNamesThePlace() {
        Terminal.Typed refused = type("submit demo.sleep '{\"duration\":\"long\"}'");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("payload-invalid, 422", "/payload/duration: ");
    }

    @Test
    void manyJobsAreSubmittedFromStandardInput() {
        String jobs = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"tags\":[\"many\"]}\\n";
        Shell.End end = terminal()
                .shell("for i in 1 2 3; do printf '" + jobs + "'; done | " + COMMAND + " submit-many -", Map.of());

        assertThat(end.status()).as(end.text()).isZero();
        assertThat(end.text()).contains("3 accepted, 0 refused.");
        assertThat(json("jobs --tag many --json").path("items")).hasSize(3);
    }

    @Test
    void listsGoOnOverPages() {
        for (int made = 0; made < 5; made++) {
            platform().api().submit("demo.echo", "{\"value\":1}", "pages");
        }

        assertThat(run("jobs --tag pages --limit 3").lines().filter(line -> line.contains("demo.echo")))
                .hasSize(3);
        assertThat(run("jobs --tag pages --all").lines().filter(line -> line.contains("demo.echo")))
                .hasSize(5);
        assertThat(run("counts --tag pages")).contains("SUCCEEDED");
    }

    @Test
    void aTokenIsMadeListedAndRevoked() {
        String token = terminal().out("tokens create terminal --role viewer --expires-in 1d");
        assertThat(token).matches("mr_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}");
        String id = token.split("_", -1)[1];

        assertThat(run("tokens list --all")).contains(id, "terminal").doesNotContain(token);
        assertThat(run("tokens revoke " + id)).contains("is revoked");
        assertThat(type("tokens revoke " + id).status()).isEqualTo(1);
    }

    @Test
    void aScheduleIsMadeFiredAndDeleted() {
        run(
                "schedules put once-only '{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},\"job\":{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}}'");
        String job = run("schedules trigger once-only").strip();

        assertThat(run("result " + job + " --for 30s")).contains("1");
        assertThat(run("jobs --schedule once-only")).contains(job);
        assertThat(run("schedules show once-only")).contains("It fires every hour");
        assertThat(run("schedules delete once-only")).contains("is deleted");
    }

    @Test
    void deadLettersAreChosenByAFilter() {
        failed();

        String matched = run("requeue --task demo.fail --error " + errorType() + " --most 1");
        assertThat(matched).containsPattern("[1-9]\\d* matched, 1 requeued");
    }

    @Test
    void aQueueIsHeldBackPurgedAndLetGo() {
        assertThat(run("pause default --reason 'by a test'")).contains("default is paused");
        try {
            String held = terminal().out("submit demo.echo '{\"value\":1}'");
            assertThat(run("queues show default")).contains("by a test");
            awaitDiagnosis(told -> told.text().contains("The queue 'default' is paused"));
            assertThat(run("purge default --confirm default")).contains("jobs were cancelled");
            Terminal.Typed end = type("result " + held + " --for 30s");
            assertThat(end.text()).contains("The job ended CANCELLED.");
            assertThat(end.status()).isEqualTo(4);
        } finally {
            assertThat(run("resume default")).contains("default goes on");
        }
        assertThat(run("submit demo.echo '{\"value\":1}' --wait")).contains("\"value\" : 1");
    }

    @Test
    void aWorkerIsShownWithItsQueues() {
        String worker = worker();

        assertThat(run("workers show " + worker)).contains("running", "default");
        assertThat(json("workers list --json").at("/items/0/queues")).isNotEmpty();
        assertThat(run("inspect active_queues")).contains(worker, "default");
    }

    @Test
    void aStandstillIsNotTakenForHealth() {
        String waiting = json("submit demo.echo '{\"value\":1}' --delay 1h --json")
                .path("id")
                .asText();
        assertThat(run("inspect scheduled")).contains(waiting);

        awaitDiagnosis(told -> told.text().contains("\"healthy\":true"));
        assertThat(json("status --json").path("workers")).hasSize(1);
    }

    /** A diagnosis may be told again for a second, and may be older than what has just been done. */
    private static void awaitDiagnosis(Predicate<Terminal.Typed> wanted) {
        Awaiting.until("the diagnosis", ENDED, () -> wanted.test(type("diagnose --json")));
    }

    /** What the variables of a line stand for: things made for it. */
    private static Map<String, String> things(String line) {
        Map<String, String> things = new HashMap<>(Map.of("SCHEDULE", "hourly"));
        if (line.contains("$DONE")) {
            things.put("DONE", ended("demo.echo", "{\"value\":1}"));
        }
        if (line.contains("$RUNNING")) {
            things.put("RUNNING", running());
        }
        if (line.contains("$WAITING")) {
            things.put("WAITING", terminal().out("submit demo.echo --delay 1h '{\"value\":1}'"));
        }
        if (line.contains("$FAILED")) {
            things.put("FAILED", failed());
        }
        if (line.contains("$WORKER")) {
            things.put("WORKER", worker());
        }
        if (line.contains("$WORKFLOW")) {
            things.put("WORKFLOW", workflow("{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}"));
        }
        if (line.contains("$PAUSED")) {
            things.put("PAUSED", workflow("{\"signal\":\"approval\"}"));
        }
        if (line.contains("$BULK")) {
            things.put(
                    "BULK",
                    json("bulk start cancel --tag nobody --json").path("id").asText());
        }
        if (line.contains("$TOKEN")) {
            things.put(
                    "TOKEN", terminal().out("tokens create page --role viewer").split("_", -1)[1]);
        }
        if (line.contains("$LETTER")) {
            String job = failed();
            things.put(
                    "LETTER",
                    json("dlq list --json --job " + job).at("/items/0/id").asText());
        }
        return things;
    }

    private static String workflow(String step) {
        return json("workflows start --json '{\"root\":{\"chain\":[" + step + "]}}'")
                .path("id")
                .asText();
    }

    private static String worker() {
        return json("workers list --json").at("/items/0/id").asText();
    }

    private static String errorType() {
        return json("dlq list --json --task demo.fail")
                .at("/items/0/error/type")
                .asText();
    }

    private static String failed() {
        return ended("demo.fail", "{\"message\":\"no\",\"kind\":\"permanent\"}");
    }

    private static String ended(String task, String payload) {
        String job = platform().api().submit(task, payload, "ctl");
        platform().api().ended(job, ENDED);
        return job;
    }

    private static String running() {
        String job = platform().api().submit("demo.sleep", "{\"duration\":\"PT60S\"}", "ctl");
        Awaiting.until(
                "its start",
                ENDED,
                () -> platform().api().job(job).path("state").asText().equals("RUNNING"));
        return job;
    }

    private static Terminal.Typed type(String words) {
        return terminal().type(words);
    }

    private static JsonNode json(String words) {
        return terminal().json(words);
    }

    /** What a command prints that ends well. */
    private static String run(String words) {
        return terminal().run(words);
    }

    private static Platform platform() {
        Platform up = platform;
        if (up == null) {
            throw new AssertionError("set before the first test");
        }
        return up;
    }

    private static Terminal terminal() {
        Terminal open = terminal;
        if (open == null) {
            throw new AssertionError("set before the first test");
        }
        return open;
    }
}
