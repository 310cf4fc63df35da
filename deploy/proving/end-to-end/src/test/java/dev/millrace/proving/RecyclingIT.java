package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testkit.Awaiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that make room for fresh ones while jobs flow, with slots that their queues share. */
@Tag("native")
class RecyclingIT {

    private static final Duration ENDED = Duration.ofMinutes(3);
    private static final int JOBS = 450;

    @Test
    void workersAreRecycledWhileJobsFlowAndNothingIsLostNorRunsTwice(@TempDir Path home) {
        Map<String, String> environment =
                Map.of("MILLRACE_WORKER_RECYCLE_AFTER_JOBS", "300", "MILLRACE_WORKER_SHARED_SLOTS", "8");
        try (Platform platform = Platform.up(home, environment, "--workers", "2")) {
            Terminal terminal = new Terminal(platform.api().url());
            assertThat(terminal.run("workers list")).containsPattern("running +0 +8 ");
            assertThat(terminal.run("inspect active_queues")).contains("8 shared");
            List<Long> first = platform.pids("worker");

            submit(platform, "default");
            submit(platform, "maintenance");

            Awaiting.until(
                    "the ends of all",
                    ENDED,
                    () -> terminal.json("counts --json").path("SUCCEEDED").asLong() == 2 * JOBS);
            List<JsonNode> jobs = platform.api().tagged("recycling");
            assertThat(jobs).allMatch(job -> job.path("attempt").asInt() == 1);
            assertThat(jobs.stream().map(job -> job.path("worker").asText()).collect(Collectors.toSet()))
                    .hasSizeGreaterThan(2);
            assertThat(platform.output())
                    .anyMatch(line -> line.contains("ended with exit code 0. It is started again in 500 ms"))
                    .noneMatch(line -> line.contains("died with"));
            Awaiting.until(
                    "two workers, of which one is fresh",
                    ENDED,
                    () -> platform.pids("worker").size() == 2 && !first.containsAll(platform.pids("worker")));
        }
    }

    private static void submit(Platform platform, String queue) {
        String job = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"tags\":[\"recycling\"],\"queue\":\"%s\"}"
                .formatted(queue);
        String jobs = String.join(",", Collections.nCopies(JOBS, job));
        Api.Answer answer = platform.api().post("/jobs/bulk", "{\"jobs\":[" + jobs + "]}");
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(JOBS);
    }
}
