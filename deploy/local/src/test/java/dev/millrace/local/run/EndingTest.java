package dev.millrace.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.home.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndingTest {

    @TempDir
    Path folder;

    /** What they hold they hand back to servers, whatever they are compiled to. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "millrace-api-service-runner"})
    void endsServersOnlyOnceAServiceHasEnded(String program) throws IOException {
        Process server = shell("exec sleep 60");
        Process service = shell("""
                trap 'sleep 0.3; kill -0 %d && touch saw-its-server; exit' TERM
                echo ready
                while :; do sleep 0.05; done""".formatted(server.pid()));
        assertThat(service.inputReader().readLine()).isEqualTo("ready");

        new Ending(List.of(
                        new Ledger.Entry(server.pid(), "redis-server", "redis"),
                        new Ledger.Entry(service.pid(), program, "api-1")))
                .run();

        assertThat(folder.resolve("saw-its-server")).exists();
        assertThat(service.isAlive()).isFalse();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void killsWhatDoesNotEndByItself() throws IOException {
        Process service = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        assertThat(service.inputReader().readLine()).isEqualTo("ready");

        new Ending(List.of(new Ledger.Entry(service.pid(), "java", "api-1"))).run();

        assertThat(service.isAlive()).isFalse();
    }

    private Process shell(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).start();
    }
}
