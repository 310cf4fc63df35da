package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.CommandLines;
import dev.millrace.embedded.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is up, for those who use it: one launcher for all tests, none of which ends it. */
@Tag("slow")
class RunningTest {

    @TempDir
    static Path folder;

    private static Path checkout;
    private static Path home;
    private static Launcher launcher;

    @BeforeAll
    static void bringUp() throws Exception {
        checkout = folder.resolve("checkout");
        home = folder.resolve("a home");
        FakeCheckout.makeIn(checkout);
        launcher = up("--port=0", "--workers", "2", "--apis=2").ready();
    }

    @AfterAll
    static void takeDown() throws IOException {
        launcher.close();
    }

    @Test
    void tellsToolsWhatRunsWhere() throws Exception {
        JsonNode run = launcher.runJson();

        assertThat(run.fieldNames()).toIterable().containsExactly("api", "worker", "scheduler", "redis", "postgres");
        assertThat(run.path("api")).hasSize(2);
        assertThat(run.path("worker"))
                .extracting(service -> service.path("name").asText())
                .containsExactly("worker-1", "worker-2");
        JsonNode scheduler = run.path("scheduler").path(0);
        assertThat(scheduler.fieldNames()).toIterable().containsExactly("name", "pid", "url");
        assertThat(get(scheduler.path("url").asText() + "/q/health/ready")).contains("UP");
        assertThat(CommandLines.of(run.path("redis").path("pid").asLong())).contains("redis-server");
        assertThat(run.path("redis").path("url").asText()).startsWith("redis://127.0.0.1:");
        assertThat(CommandLines.of(run.path("postgres").path("pid").asLong()))
                .contains("fsync=on", "synchronous_commit=on");
        assertThat(run.path("postgres").path("url").asText()).endsWith("/millrace");
    }

    @Test
    void tellsPeopleWhereToReadOn() throws Exception {
        String samples = url("samples");
        assertThat(get(samples)).contains("weekly.rss", "customers.csv");
        assertThat(get(samples + "weekly.rss")).isEqualTo("<rss/>");
        assertThat(launcher.lines())
                .filteredOn(line -> line.startsWith("curl "))
                .hasSize(3)
                .allMatch(line -> line.contains("/api/v1/jobs"));
    }

    @Test
    void givesServicesTheirSurroundingsAndKeepsTheirLogs() throws Exception {
        String redis = launcher.runJson().path("redis").path("url").asText();

        assertThat(home.resolve("logs/worker-1.log"))
                .content()
                .isEqualTo("profile local, grace PT2S, redis " + redis + "\n");
        assertThat(home.resolve("logs/redis.log")).content().contains("Ready to accept connections");
        assertThat(launcher.lines()).noneMatch(line -> line.matches("(api-1|redis|postgres) +\\| .*"));
    }

    @Test
    void startsAServiceThatDiedAgainInTheSamePlace() throws Exception {
        JsonNode before = run("/worker/1");

        Signals.send(pid(before), Signal.KILL);

        launcher.awaitThat("run.json names another worker-2", up -> isAnother(run("/worker/1"), before));
        JsonNode after = run("/worker/1");
        assertThat(after.path("url")).isEqualTo(before.path("url"));
        assertThat(get(after.path("url").asText() + "/q/health/ready")).contains("UP");
        assertThat(launcher.lines())
                .anyMatch(line -> line.contains(
                        "worker-2 (process " + pid(before) + ") died with signal 9. It is started again"));
    }

    @Test
    void startsRedisAgainInTheSamePlace() throws Exception {
        JsonNode before = run("/redis");

        Signals.send(pid(before), Signal.KILL);

        launcher.awaitThat("run.json names another Redis", up -> isAnother(run("/redis"), before));
        assertThat(run("/redis").path("url")).isEqualTo(before.path("url"));
    }

    @Test
    void refusesASecondLauncherOnItsHome() throws Exception {
        Launcher second = up("--port=0");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.lines())
                .singleElement()
                .asString()
                .startsWith("millrace: Another ./millrace up (process " + launcher.pid() + ") runs on " + home);
        assertThat(get(url("health"))).isNotEmpty();
    }

    private static Launcher up(String... options) throws IOException {
        return Launcher.up(checkout, home, Map.of(), options);
    }

    private static boolean isAnother(JsonNode now, JsonNode before) {
        return pid(now) != 0 && pid(now) != pid(before);
    }

    private static long pid(JsonNode process) {
        return process.path("pid").asLong();
    }

    private static JsonNode run(String pointer) {
        try {
            return launcher.runJson().at(pointer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The line "  samples    http://..." of what it printed.
    private static String url(String what) {
        return launcher.lines().stream()
                .filter(line -> line.startsWith("  " + what + " "))
                .map(line -> line.substring(line.indexOf("http")))
                .findFirst()
                .orElseThrow();
    }

    private static String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
