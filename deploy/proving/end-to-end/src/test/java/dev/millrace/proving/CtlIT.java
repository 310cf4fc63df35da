package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.Shell;
import dev.millrace.testkit.Awaiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable Platform platform;

    @BeforeAll
    static void up(@TempDir Path home) throws Exception {
        platform = Platform.up(home);
        run("schedules put hourly '{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},"
                + "\"job\":{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}}'");
    }

    @AfterAll
    static void down() {
        platform().close();
    }

    static Stream<String> linesOfThePage() throws IOException {
        String page = Files.readString(Platform.checkout().resolve(PAGE));
        Stream<String> rows = Pattern.compile("\\| `(\\./millrace ctl [^`]*)` \\|\n")
                .matcher(page)
                .results()
                .map(row -> row.group(1));
        Stream<String> blocks = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1));
        return Stream.concat(rows, blocks);
    }

    @ParameterizedTest
    @MethodSource("linesOfThePage")
    void everyLineOfThePageDoesWhatItSays(String line) throws Exception {
        Shell.End end = shell(line, things(line));

        assertThat(end.status()).as(line + ": " + end.text()).isZero();
        assertThat(end.text()).as(line).doesNotContain("does not have it", "Exception in thread");
    }

    @Test
    void thePageNamesEnoughOfThem() throws IOException {
        assertThat(linesOfThePage()).hasSizeGreaterThan(45);
    }

    @Test
    void aSubmitIsFollowedToItsResult() throws Exception {
        Shell.End watched =
                shell(COMMAND + " submit demo.sleep '{\"duration\":\"PT1S\",\"steps\":4}' --watch", Map.of());
        assertThat(watched.status()).as(watched.text()).isZero();
        assertThat(watched.text()).contains("RUNNING", " of 4", "SUCCEEDED");

        JsonNode result = json("submit demo.echo '{\"value\":1.50}' --wait --json");
        assertThat(result.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/result/value").asText()).isEqualTo("1.5");
    }

    @Test
    void aJobThatFailsEndsTheCommandWith4() throws Exception {
        Shell.End failed = shell(
                COMMAND + " submit demo.fail '{\"message\":\"\\u001b[2Jbroken\",\"kind\":\"permanent\"}' --wait",
                Map.of());

        assertThat(failed.status()).as(failed.text()).isEqualTo(4);
        assertThat(failed.text()).contains("FAILED", "\\u001b[2Jbroken").doesNotContain("\u001b");
    }

    @Test
    void aJobThatGoesOnEndsTheCommandWith5() throws Exception {
        String job = running();

        assertThat(shell(COMMAND + " result " + job, Map.of()).status()).isEqualTo(5);
        assertThat(shell(COMMAND + " watch " + job + " --for 1s", Map.of()).status())
                .isEqualTo(5);
    }

    @Test
    void aRefusalOfTheServerNamesThePlace() throws Exception {
        Shell.End refused = shell(COMMAND + " submit demo.sleep '{\"duration\":\"long\"}'", Map.of());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("payload-invalid, 422", "/payload/duration: ");
    }

    @Test
    void manyJobsAreSubmittedFromStandardInput() throws Exception {
        String jobs = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"tags\":[\"many\"]}\\n";
        Shell.End end =
                shell("for i in 1 2 3; do printf '" + jobs + "'; done | " + COMMAND + " submit-many -", Map.of());

        assertThat(end.status()).as(end.text()).isZero();
        assertThat(end.text()).contains("3 accepted, 0 refused.");
        assertThat(json("jobs --tag many --json").path("items")).hasSize(3);
    }

    @Test
    void listsGoOnOverPages() throws Exception {
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
    void aTokenIsMadeListedAndRevoked() throws Exception {
        String token = run("tokens create terminal --role viewer --expires-in 1d 2>/dev/null")
                .strip();
        assertThat(token).matches("mr_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}");
        String id = token.split("_", -1)[1];

        assertThat(run("tokens list --all")).contains(id, "terminal").doesNotContain(token);
        assertThat(run("tokens revoke " + id)).contains("is revoked");
        assertThat(shell(COMMAND + " tokens revoke " + id, Map.of()).status()).isEqualTo(1);
    }

    @Test
    void aScheduleIsMadeFiredAndDeleted() throws Exception {
        run(
                "schedules put once-only '{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}},\"job\":{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}}'");
        String job = run("schedules trigger once-only").strip();

        assertThat(run("result " + job + " --for 30s")).contains("1");
        assertThat(run("jobs --schedule once-only")).contains(job);
        assertThat(run("schedules show once-only")).contains("It fires every hour");
        assertThat(run("schedules delete once-only")).contains("is deleted");
    }

    @Test
    void deadLettersAreChosenByAFilter() throws Exception {
        failed();

        String matched = run("requeue --task demo.fail --error " + errorType() + " --most 1");
        assertThat(matched).containsPattern("[1-9]\\d* matched, 1 requeued");
    }

    @Test
    void aQueueIsHeldBackPurgedAndLetGo() throws Exception {
        assertThat(run("pause default --reason 'by a test'")).contains("default is paused");
        try {
            String held = run("submit demo.echo '{\"value\":1}' 2>/dev/null").strip();
            assertThat(run("queues show default")).contains("by a test");
            assertThat(shell(COMMAND + " diagnose", Map.of()).text()).contains("The queue 'default' is paused");
            assertThat(run("purge default --confirm default")).contains("jobs were cancelled");
            Shell.End end = shell(COMMAND + " result " + held + " --for 30s 2>&1", Map.of());
            assertThat(end.text()).contains("The job ended CANCELLED.");
            assertThat(end.status()).isEqualTo(4);
        } finally {
            assertThat(run("resume default")).contains("default goes on");
        }
        assertThat(run("submit demo.echo '{\"value\":1}' --wait")).contains("\"value\" : 1");
    }

    @Test
    void aWorkerIsShownWithItsQueues() throws Exception {
        String worker = worker();

        assertThat(run("workers show " + worker)).contains("running", "default");
        assertThat(json("workers list --json").at("/items/0/queues")).isNotEmpty();
        assertThat(run("inspect active_queues")).contains(worker, "default");
    }

    @Test
    void aStandstillIsNotTakenForHealth() throws Exception {
        String waiting = json("submit demo.echo '{\"value\":1}' --delay 1h --json")
                .path("id")
                .asText();
        assertThat(run("inspect scheduled")).contains(waiting);

        JsonNode diagnosis = json("diagnose --json");
        assertThat(diagnosis.path("healthy").asBoolean())
                .as(diagnosis.toString())
                .isTrue();
        assertThat(json("status --json").path("workers")).hasSize(1);
    }

    /** What the variables of a line stand for: things made for it. */
    private static Map<String, String> things(String line) throws Exception {
        Map<String, String> things = new HashMap<>(Map.of("SCHEDULE", "hourly"));
        if (line.contains("$DONE")) {
            things.put("DONE", ended("demo.echo", "{\"value\":1}"));
        }
        if (line.contains("$RUNNING")) {
            things.put("RUNNING", running());
        }
        if (line.contains("$WAITING")) {
            things.put(
                    "WAITING",
                    run("submit demo.echo --delay 1h '{\"value\":1}' 2>/dev/null")
                            .strip());
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
        if (line.contains("$LETTER")) {
            String job = failed();
            things.put(
                    "LETTER",
                    json("dlq list --json --job " + job).at("/items/0/id").asText());
        }
        return things;
    }

    private static String workflow(String step) throws Exception {
        return json("workflows start --json '{\"root\":{\"chain\":[" + step + "]}}'")
                .path("id")
                .asText();
    }

    private static String worker() throws Exception {
        return json("workers list --json").at("/items/0/id").asText();
    }

    private static String errorType() throws Exception {
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

    private static JsonNode json(String words) throws Exception {
        return JSON.readTree(run(words + " 2>/dev/null"));
    }

    /** What a command prints that ends well. */
    private static String run(String words) throws Exception {
        Shell.End end = shell(COMMAND + " " + words, Map.of());
        assertThat(end.status()).as(words + ": " + end.text()).isZero();
        return end.text();
    }

    /** Runs a line by the program that is built, as {@code ./millrace} does when nothing was changed. */
    private static Shell.End shell(String line, Map<String, String> variables) throws Exception {
        Path jar = Platform.checkout().resolve("deploy/ctl/target/millrace-ctl.jar");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("MILLRACE_URL", platform().api().url());
        String program =
                "'%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.millrace.ctl.Ctl".formatted(java, jar);
        environment.put("LINE", line.replace(COMMAND, program));
        return Shell.end(Platform.checkout(), environment, "bash -c \"$LINE\"");
    }

    private static Platform platform() {
        Platform up = platform;
        if (up == null) {
            throw new AssertionError("set before the first test");
        }
        return up;
    }
}
