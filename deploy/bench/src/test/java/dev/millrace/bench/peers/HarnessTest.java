package dev.millrace.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.report.Figure;
import dev.millrace.bench.workload.Workload;
import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.RedisTalk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a harness that only says what it was asked. */
class HarnessTest {

    @TempDir
    Path folder;

    @Test
    void isRunAsACopyOnPortsOfItsOwnAndStopped() throws IOException {
        Path original = original("""
                #!/bin/sh
                echo "$*" >> "$PEERS_DIR.calls"
                [ "$1" = down ] && exit 0
                [ "$REDIS_PORT" -gt 0 ] && [ "$PG_PORT" -gt 0 ] || exit 1
                echo installing
                echo '{"peer":"bullmq","workload":"w1e","jobs":5,"e2e_per_s":77}'
                """);
        Path work = Files.createDirectory(folder.resolve("work"));
        List<Figure> figures = new ArrayList<>();

        try (Harness harness = Harness.copy(original, work)) {
            harness.run("bullmq", List.of(Workload.BACKLOG, Workload.E2E, Workload.SINGLE), 1, figures::add);
        }

        assertThat(figures).extracting(Figure::measure).containsExactly("end-to-end");
        assertThat(Files.readAllLines(work.resolve("peers.calls"))).containsExactly("bullmq w1 w1e", "down");
        assertThat(original).isDirectoryNotContaining(file -> !file.endsWith("run-peers.sh"));
    }

    @Test
    void hasARedisThatWritesAtOnceForAPeerNamedSo() throws IOException {
        Path original = original("#!/bin/sh\necho \"$*\" >> \"$PEERS_DIR.calls\"\n");
        Path work = Files.createDirectory(folder.resolve("work"));
        EmbeddedRedis.Options options = EmbeddedRedis.Options.forTests(folder.resolve("redis"));
        try (EmbeddedRedis redis = EmbeddedRedis.start(options);
                RedisTalk talk = RedisTalk.open(URI.create(redis.url()), Duration.ofSeconds(5));
                Harness harness = Harness.copy(original, work, List.of(redis.port(), 1))) {
            talk.ask("CONFIG", "RESETSTAT");

            harness.run("bullmq:always", List.of(Workload.E2E), 1, figure -> {});

            assertThat(Files.readAllLines(work.resolve("peers.calls"))).containsExactly("up", "bullmq:always w1e");
            assertThat(talk.ask("INFO", "commandstats")).contains("cmdstat_config|set:calls=2,");
            assertThat(talk.tree("CONFIG", "GET", "appendfsync")).isEqualTo(List.of("appendfsync", "everysec"));
        }
    }

    @Test
    void thatFailsIsTold() throws IOException {
        Path original = original("#!/bin/sh\n[ \"$1\" = down ] || exit 3\n");
        try (Harness harness = Harness.copy(original, Files.createDirectory(folder.resolve("work")))) {
            assertThatThrownBy(() -> harness.run("x", List.of(Workload.IO), 1, figure -> {}))
                    .hasMessage("run-peers.sh x w3 ended with exit code 3, see above.");
        }
    }

    @Test
    void thatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Harness.copy(folder, folder.resolve("work")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("no run-peers.sh is");
    }

    private Path original(String script) throws IOException {
        Path original = Files.createDirectory(folder.resolve("original"));
        Path file = Files.writeString(original.resolve("run-peers.sh"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return original;
    }
}
