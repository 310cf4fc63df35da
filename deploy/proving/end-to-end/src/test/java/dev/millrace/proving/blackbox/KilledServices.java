package dev.millrace.proving.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.proving.Api;
import dev.millrace.proving.Platform;
import dev.millrace.testkit.Awaiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of jobs and of a waiting time when every service is killed at once. */
abstract class KilledServices {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Platform platform;
    private final Api api;

    KilledServices(Platform platform) {
        this.platform = platform;
        this.api = platform.api();
    }

    @Test
    void jobsThatRanOrWaitedRunWhenTheServicesAreBack() {
        String running = api.submit("demo.sleep", "{\"duration\":\"PT3S\",\"steps\":30}", "deaths");
        String waiting = api.post("/jobs", "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"delay\":\"PT3S\"}")
                .body()
                .path("id")
                .asText();
        Awaiting.until(
                "a start",
                PATIENCE,
                () -> api.job(running).path("state").asText().equals("RUNNING"));

        for (String role : List.of("worker", "scheduler", "api")) {
            platform.pids(role).forEach(KilledServices::kill);
        }
        Awaiting.until("the api to be back", PATIENCE, this::answers);

        JsonNode again = api.ended(running, PATIENCE);
        assertThat(again.path("state").asText()).as(again.toString()).isEqualTo("SUCCEEDED");
        assertThat(again.path("attempt").asInt()).isEqualTo(1);
        assertThat(api.ended(waiting, PATIENCE).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean answers() {
        try {
            return api.get("/jobs?limit=1").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }
}
