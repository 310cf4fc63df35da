package dev.millrace.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStackTest {

    private static final URI API = URI.create("http://127.0.0.1:8080");

    @TempDir
    Path home;

    @Test
    void isFoundByItsRunFile() throws IOException {
        runs("""
                {"api": [{"name": "api-1", "pid": 1, "url": "http://127.0.0.1:8080"},
                         {"name": "api-2", "pid": 2, "url": "http://127.0.0.1:9"}],
                 "worker": [{"name": "worker-1", "pid": 3, "url": "http://127.0.0.1:10"}], "scheduler": [],
                 "redis": {"pid": 4, "url": "redis://127.0.0.1:11"}, "postgres": {"pid": null, "url": "postgresql://x"}}""");

        Target target = RunningStack.read(API, home);

        assertThat(target.redisUrl()).isEqualTo("redis://127.0.0.1:11");
        assertThat(target.processes())
                .containsEntry("api", List.of(1L, 2L))
                .containsEntry("redis", List.of(4L))
                .containsEntry("postgres", List.of())
                .doesNotContainKey("worker");
    }

    @Test
    void isRefusedIfItHasNoSuchApi() throws IOException {
        runs("{\"api\": [{\"name\": \"api-1\", \"pid\": 1, \"url\": \"http://127.0.0.1:9\"}]}");

        assertThatThrownBy(() -> RunningStack.read(API, home))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("no api at http://127.0.0.1:8080 (it has [http://127.0.0.1:9])");
    }

    @Test
    void isRefusedIfNothingRuns() {
        assertThatThrownBy(() -> RunningStack.read(API, home))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("set MILLRACE_HOME");
    }

    private void runs(String json) throws IOException {
        Files.writeString(home.resolve("run.json"), json);
    }
}
