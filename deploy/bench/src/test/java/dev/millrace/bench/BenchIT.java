package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench as its users run it, with few jobs. */
class BenchIT {

    private static final long DEADLINE_MINUTES = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void measuresAStackOfItsOwnAndLeavesNothingBehind() throws Exception {
        Run run = run(
                "--jobs", "300", "--warm", "300", "--workload", "cold,backlog,e2e,latency,io,delay", "--slots", "20");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.figures())
                .extracting(figure -> figure.path("measure").asText())
                .containsExactly(
                        "end-to-end-cold",
                        "checked",
                        "bulk-submit",
                        "drain",
                        "end-to-end",
                        "latency-start",
                        "latency-result",
                        "delay",
                        "io",
                        "checked");
        for (JsonNode figure : run.figures()) {
            if (figure.path("measure").asText().equals("checked")) {
                assertThat(figure.path("lost").asLong(-1)).isZero();
                assertThat(figure.path("notSucceeded").asLong(-1)).isZero();
                continue;
            }
            assertThat(figure.at("/cpuMicrosPerJob/total").asDouble()).isPositive();
            assertThat(figure.path("cpuMicrosPerJob").fieldNames())
                    .toIterable()
                    .contains("producer", "api", "scheduler", "redis", "postgres");
            assertThat(figure.path("countsPerJob").fieldNames())
                    .toIterable()
                    .contains(
                            "redis.fcall", "postgres.commits", "postgres.statements", "wakeUps.api", "wakeUps.worker");
        }
        JsonNode drain = run.figures().get(3);
        assertThat(drain.path("jobs").asLong()).isEqualTo(300);
        assertThat(drain.path("perSecond").asDouble()).isPositive();
        assertThat(drain.at("/cpuMicrosPerJob/worker").asDouble()).isPositive();
        assertThat(drain.at("/settings/slots").asText()).isEqualTo("20");
        // 2,000 sleeps of 0.1 s on 1,000 slots.
        assertThat(run.figures().get(8).path("seconds").asDouble()).isBetween(0.2, 60.0);
        JsonNode delay = run.figures().get(7);
        assertThat(delay.path("jobs").asLong()).isEqualTo(300);
        assertThat(delay.path("early").asLong(-1)).isZero();
        assertThat(delay.path("lateP99Ms").asDouble()).isPositive();
        assertThat(run.err()).contains("| end-to-end", "recordedPerSecond", "| redis.fcall");
        assertThat(folder).isEmptyDirectory();
        assertThat(stillRunning()).isEmpty();
    }

    @Test
    void showsATokenWhereOneIsAskedFor() throws Exception {
        Map<String, String> on =
                Map.of("MILLRACE_ACCESS_ENABLED", "true", "MILLRACE_ADMIN_TOKEN", "of-tests-0123456789-abcdefghijklmn");

        Run run = run(on, "--jobs", "200", "--warm", "100", "--workload", "backlog,latency", "--slots", "20");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.figures())
                .extracting(figure -> figure.path("measure").asText())
                .contains("bulk-submit", "latency-result", "checked");
        assertThat(run.err()).doesNotContain("of-tests");
    }

    @Test
    void saysInOneLineWhatItCannotDo() throws Exception {
        Run run = run("--workload", "w9");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("millrace: There is no workload 'w9'");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.figures()).isEmpty();
    }

    private record Run(int exit, List<JsonNode> figures, String err) {}

    private Run run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        Path out = Files.createTempFile("bench", ".out");
        Path err = Files.createTempFile("bench", ".err");
        Path checkout =
                Path.of(System.getProperty("millrace.checkout", "../..")).toRealPath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmillrace.checkout=" + checkout,
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                checkout.resolve("deploy/bench/target/millrace-bench.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)).isTrue();
        List<JsonNode> figures = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            figures.add(JSON.readTree(line));
        }
        return new Run(process.exitValue(), figures, Files.readString(err));
    }

    // Each process of a run names the run's folder in its command line.
    private List<String> stillRunning() throws IOException {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(folder.toString()))
                    .toList();
        }
    }
}
