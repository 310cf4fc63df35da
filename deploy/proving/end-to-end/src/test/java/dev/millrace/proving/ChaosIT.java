package dev.millrace.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chaos as its users run it, short: processes die, servers lose their data, and no job is lost or ends twice. */
@Tag("native")
class ChaosIT {

    private static final long DEADLINE_MINUTES = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void I1_I9_I12_I13_I35_holdWhileEverythingBreaksAndNothingIsLeftBehind() throws Exception {
        Run run = run("--small", "workers-killed", "storm");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.reports())
                .hasSize(2)
                .allMatch(report -> report.path("held").asBoolean());
        JsonNode killed = run.reports().getFirst();
        assertThat(killed.path("jobs").asInt()).isEqualTo(2_000);
        assertThat(killed.path("recovered").asInt()).isPositive();
        JsonNode storm = run.reports().getLast();
        assertThat(storm.path("faults").asInt()).isGreaterThanOrEqualTo(8);
        assertThat(run.err()).contains("| `storm` | yes |");
        assertThat(folder).isEmptyDirectory();
        assertThat(stillRunning()).isEmpty();
    }

    @Test
    void saysInOneLineWhatItCannotPlay() throws Exception {
        Run run = run("redis-eaten");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("millrace: There is no scenario 'redis-eaten'");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.reports()).isEmpty();
    }

    private record Run(int exit, List<JsonNode> reports, String err) {}

    private Run run(String... arguments) throws Exception {
        Path out = Files.createTempFile("chaos", ".out");
        Path err = Files.createTempFile("chaos", ".err");
        Path checkout = Platform.checkout().toRealPath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dmillrace.checkout=" + checkout,
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                checkout.resolve("deploy/proving/target/millrace-proving.jar").toString()));
        command.addAll(Platform.form());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        // As it is where others are: its clients show the token.
        builder.environment().put("MILLRACE_ACCESS_ENABLED", "true");
        builder.environment().put("MILLRACE_ADMIN_TOKEN", "of-tests-0123456789-abcdefghijklmn");
        Process process = builder.start();
        assertThat(process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES))
                .as(Files.readString(err))
                .isTrue();
        List<JsonNode> reports = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            reports.add(JSON.readTree(line));
        }
        return new Run(process.exitValue(), reports, Files.readString(err));
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
