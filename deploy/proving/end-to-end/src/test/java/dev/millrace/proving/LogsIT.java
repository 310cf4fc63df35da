package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.testkit.Awaiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services' logs as a collector reads them. */
@Tag("native")
class LogsIT {

    private static final String CANARY = "canary-51c9e2";
    private static final String EVENTS = "mr:{s0}:events";
    private static final String LANE = "mr:{s0}:q:default:normal";

    @Test
    void inJsonEveryLineIsAnObjectAndNoneTellsWhatJobsCarry(@TempDir Path home) throws IOException {
        try (Platform platform = Platform.up(home, Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"))) {
            String redis = platform.run().at("/redis/url").asText();
            sendSecrets(platform.api());
            RedisCommand.send(redis, "XADD " + EVENTS + " * event " + CANARY + " payload " + CANARY);
            RedisCommand.send(redis, "XADD " + LANE + " * job " + CANARY + " payload " + CANARY);
            String last = platform.api().submit("demo.echo", payload(), "logs");
            Awaiting.until("the end of all", Duration.ofSeconds(60), () -> ended(platform.api(), last));
        }

        for (String name : List.of("api-1", "worker-1", "scheduler-1")) {
            List<String> lines = Files.readAllLines(home.resolve("logs").resolve(name + ".log"));
            assertThat(lines).as(name).isNotEmpty().noneMatch(line -> line.contains(CANARY));
            assertThat(read(lines))
                    .as(name)
                    .allMatch(line -> line.path("message").isTextual()
                            && line.path("level").isTextual()
                            && line.path("timestamp").isTextual());
        }
    }

    // Each way a request or a job can go wrong, with the secret in all that a client chooses.
    private static void sendSecrets(Api api) {
        String secret = payload();
        api.submit("demo.echo", secret, "logs");
        api.submit("demo.fail", "{\"message\":\"" + CANARY + "\",\"kind\":\"permanent\"}", "logs");
        api.submit(
                "csv.import",
                "{\"text\":\"id\\n" + CANARY + "\",\"columns\":[{\"name\":\"id\",\"type\":\"integer\"}]}",
                "logs");
        api.submit("http.request", "{\"url\":\"http://" + CANARY + ".invalid/\"}", "logs");
        for (String body : List.of("{\"task\":\"demo.echo\",\"payload\":" + CANARY, "[\"" + CANARY + "\"]", CANARY)) {
            assertThat(api.post("/jobs", body, "Idempotency-Key", CANARY).status())
                    .isBetween(400, 499);
        }
        assertThat(api.post("/jobs", "{\"task\":\"demo.sleep\",\"payload\":{\"duration\":\"" + CANARY + "\"}}")
                        .status())
                .isBetween(200, 499);
        assertThat(api.get("/jobs?tag=" + CANARY + "&cursor=" + CANARY).status())
                .isEqualTo(400);
    }

    private static String payload() {
        return "{\"value\":{\"secret\":\"" + CANARY + "\"}}";
    }

    private static boolean ended(Api api, String last) {
        return "SUCCEEDED".equals(api.job(last).path("state").asText())
                && api.tagged("logs").stream()
                        .noneMatch(job -> job.path("finishedAt").isNull());
    }

    private static List<JsonNode> read(List<String> lines) throws JsonProcessingException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : lines) {
            objects.add(new ObjectMapper().readTree(line));
        }
        return objects;
    }
}
