package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of everything that runs when its launcher dies of {@code kill -9}. */
@Tag("slow")
class KilledLauncherTest {

    @TempDir
    static Path folder;

    private static Path checkout;
    private static Path home;

    @BeforeAll
    static void build() throws IOException {
        checkout = folder.resolve("checkout");
        home = folder.resolve("a home");
        FakeCheckout.makeNativelyIn(checkout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--workers=1", "--native"})
    void nothingOutlivesItForMoreThanTenSeconds(String option) throws Exception {
        try (Launcher launcher = up(option).ready()) {
            List<Long> children = launcher.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(6);

            launcher.kill();

            ended(children).get(30, TimeUnit.SECONDS);
            assertThat(launcher.children()).isEmpty();
            assertThat(home.resolve("logs/watchdog.log"))
                    .content()
                    .contains("process " + launcher.pid(), "worker-1", "redis", "postgres");
        }
    }

    @Test
    void theNextOneEndsWhatOutlivedTheWatchdogToo() throws Exception {
        try (Launcher killed = up().ready()) {
            Signals.send(killed.watchdog(), Signal.KILL);
            killed.kill();
            List<Long> left = killed.children();
            assertThat(left).hasSizeGreaterThanOrEqualTo(5);

            try (Launcher next = up().ready()) {
                assertThat(next.children()).doesNotContainAnyElementsOf(left);
                assertThat(next.lines())
                        .anyMatch(line -> line.contains("An earlier launcher was killed and left")
                                && line.contains("worker-1")
                                && line.contains("postgres"));
            }
        }
    }

    private static CompletableFuture<Void> ended(List<Long> pids) {
        return CompletableFuture.allOf(pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new));
    }

    private static Launcher up(String... options) throws IOException {
        return Launcher.up(
                checkout,
                home,
                Map.of(),
                Stream.concat(Stream.of("--port=0"), Stream.of(options)).toArray(String[]::new));
    }
}
