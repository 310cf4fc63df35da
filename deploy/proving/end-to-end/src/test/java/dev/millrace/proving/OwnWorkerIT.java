package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.run.Form;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a worker of one's own, compiled outside this build; on a JVM it is the README's test that brings it up. */
@Tag("native")
class OwnWorkerIT {

    @Test
    void aNativeWorkerOfOnesOwnRunsItsTaskAndThoseThatShip(@TempDir Path home) {
        assumeTrue(Platform.natively(), "Native executables are tested by './millrace native --test'.");
        Path worker =
                Form.NATIVE.in(Platform.checkout().resolve("target/own-worker/target"), "./millrace native own-worker");

        try (Platform platform = Platform.up(home, "--worker", worker.toString())) {
            JsonNode tasks = platform.api().get("/tasks?limit=200").body();
            assertThat(tasks.path("items").findValuesAsText("name"))
                    .contains("greet", "csv.import", "http.request")
                    .doesNotContain("demo.echo"); // which the example leaves out
            Api.Answer greeted = platform.api()
                    .post("/jobs", "{\"task\":\"greet\",\"payload\":{\"name\":\"Ada\"}}", "Prefer", "wait=9");
            assertThat(greeted.body().at("/result/text").asText()).isEqualTo("Hello, Ada!");
            assertThat(platform.api()
                            .post("/jobs", "{\"task\":\"greet\",\"payload\":{\"nam\":\"Ada\"}}")
                            .status())
                    .isEqualTo(422);
        }
    }
}
