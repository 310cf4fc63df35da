package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.local.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does in the first minute. */
@Tag("native")
class FirstJobIT {

    // Only a machine that is busy with other things keeps Redis, or a turn, waiting so long.
    private static final Pattern ALARM = Pattern.compile("^[0-9:.]+ +(WARN|ERROR|FATAL) (?!.*gave no answer within)");

    @TempDir
    static @Nullable Path home;

    private static @Nullable Platform platform;

    @BeforeAll
    static void up() {
        platform = Platform.up(given(home));
    }

    @AfterAll
    static void down() {
        given(platform).close();
    }

    private static boolean tellsOfRedisThatIsNotOpen(String line) {
        return line.contains("waiting until an api instance has reconciled it") && !line.contains("no longer");
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("set before the first test");
        }
        return value;
    }

    @Test
    void aHealthyStartWarnsOfNothing() throws IOException {
        for (String name : List.of("api-1", "worker-1", "scheduler-1")) {
            List<String> lines = Files.readAllLines(given(home).resolve("logs/" + name + ".log"));
            assertThat(lines)
                    .as(name)
                    .isNotEmpty()
                    .noneMatch(line -> ALARM.matcher(line).find());
            assertThat(lines)
                    .as(name)
                    .filteredOn(FirstJobIT::tellsOfRedisThatIsNotOpen)
                    .hasSizeBetween(0, 1);
        }
    }

    @Test
    void aStartIsToldInALineForEachStep() {
        List<String> lines = given(platform).output();
        List<String> told = lines.subList(0, lines.indexOf("Millrace is ready."));
        assertThat(told)
                .hasSizeLessThan(10)
                .filteredOn(line -> !line.isEmpty())
                .allMatch(line -> line.startsWith("millrace    | "));
        assertThat(told)
                .filteredOn(line -> line.contains(" is ready (process "))
                .hasSize(5);
    }

    @Test
    void thePrintedLinesSubmitAJobWatchItAndReadItsResult() throws IOException, InterruptedException {
        List<String> lines = given(platform).output().stream()
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(lines).hasSize(3);
        JsonNode submitted = new ObjectMapper().readTree(Shell.run(lines.get(0)));
        assertThat(submitted.path("task").asText()).isEqualTo("csv.import");
        String events = Shell.run(lines.get(1));
        assertThat(events).contains("event:snapshot").contains("event:progress").contains("event:done");
        JsonNode result = new ObjectMapper().readTree(Shell.run(lines.get(2)));
        assertThat(result.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/result/rows").asInt()).isEqualTo(100_000);
        assertThat(result.at("/result/invalid").asInt()).isPositive();
        assertThat(result.at("/result/errors/0/row").asInt()).isPositive();
    }

    @Test
    void aReaderThatSawTheEndIsNotServedAgain() {
        Api api = given(platform).api();
        String job = api.submit("demo.sleep", "{\"duration\":\"PT0.5S\"}", "resume");
        List<String> events = api.events("/jobs/" + job + "/events").toList();
        String lastId = events.stream()
                .filter(line -> line.startsWith("id:"))
                .reduce((before, after) -> after)
                .orElseThrow()
                .substring(3)
                .strip();
        assertThat(events).anyMatch(line -> line.startsWith("event:") && line.contains("done"));
        assertThat(api.job(job).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(api.get("/jobs/" + job + "/events", "Last-Event-ID", lastId).status())
                .isEqualTo(204);
    }

    @Test
    void aClientThatPrefersToWaitIsAnsweredWithTheEndedJob() {
        Api.Answer answer = given(platform)
                .api()
                .post("/jobs", "{\"task\":\"demo.echo\",\"payload\":{\"value\":7}}", "Prefer", "wait=9");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("preference-applied")).containsExactly("wait=9");
        assertThat(answer.body().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answer.body().at("/result/value").asInt()).isEqualTo(7);
    }

    @Test
    void everyShippedTaskIsListedWithItsSchema() {
        JsonNode tasks = given(platform).api().get("/tasks?limit=200").body().path("items");
        assertThat(tasks.findValuesAsText("name"))
                .contains("csv.import", "demo.echo", "demo.fail", "demo.sleep", "feed.read");
        assertThat(tasks.get(0).path("payloadSchema").path("type").asText()).isEqualTo("object");
        assertThat(tasks.get(0).path("workers")).hasSize(1);
    }

    @Test
    void theTraceOfASubmitReachesWhatItsTaskCalls() throws IOException {
        CompletableFuture<String> called = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            called.complete(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            given(platform)
                    .api()
                    .post(
                            "/jobs",
                            "{\"task\":\"http.request\",\"payload\":{\"url\":\"" + url + "\"}}",
                            "traceparent",
                            trace);
            assertThat(called.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(trace);
        } finally {
            server.stop(0);
        }
    }
}
