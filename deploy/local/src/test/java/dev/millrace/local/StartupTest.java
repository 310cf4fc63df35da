package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedded.CommandLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./millrace startup} as a process, on real Redis and PostgreSQL and small services that stand in for ours. */
@Tag("slow")
class StartupTest {

    private static final List<String> FIGURES =
            List.of("readyMs", "cpuMs", "idleRssMb", "idlePssMb", "jobsCpuMs", "afterRssMb", "afterPssMb");

    @TempDir
    Path folder;

    @Test
    void measuresEachServiceInEachFormAndLeavesNothingBehind() throws Exception {
        Path checkout = folder.resolve("checkout");
        FakeCheckout.makeNativelyIn(checkout);

        Shell.End end = startup(checkout, "--native 1");

        assertThat(end.status()).as(end.text()).isZero();
        List<JsonNode> rows = rows(end);
        assertThat(rows)
                .extracting(row ->
                        row.path("how").asText() + " " + row.path("service").asText())
                .containsExactly(
                        "jvm api", "jvm worker", "jvm scheduler", "native api", "native worker", "native scheduler");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.path("run").asInt()).isEqualTo(1);
            assertThat(row.path("jobs").asInt()).isEqualTo(5_000);
            assertThat(FIGURES).allMatch(figure -> row.path(figure).isNumber());
            assertThat(row.path("readyMs").asInt()).isPositive();
            assertThat(row.path("idleRssMb").asDouble()).isPositive();
        });
        assertThat(running()).isEmpty();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void measuresNothingIfOneWasNotCompiled() throws Exception {
        Path checkout = folder.resolve("checkout");
        FakeCheckout.makeIn(checkout);

        Shell.End end = startup(checkout, "--native 1");

        assertThat(end.status()).isEqualTo(1);
        assertThat(end.text())
                .startsWith("millrace: There is no native executable in " + checkout.resolve("api-service/target"))
                .hasLineCount(1);
        assertThat(running()).isEmpty();
    }

    private Shell.End startup(Path checkout, String words) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Shell.end(
                folder,
                Map.of(),
                "mkdir -p tmp; '%s' -cp '%s' '-Djava.io.tmpdir=%s' '-Dmillrace.checkout=%s' %s %s"
                        .formatted(
                                java,
                                System.getProperty("java.class.path"),
                                folder.resolve("tmp"),
                                checkout,
                                Startup.class.getName(),
                                words));
    }

    private static List<JsonNode> rows(Shell.End end) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : end.text().lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    private List<Long> running() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> pid != ProcessHandle.current().pid())
                    .filter(pid -> CommandLines.of(pid).contains(folder.toString()))
                    .toList();
        }
    }
}
