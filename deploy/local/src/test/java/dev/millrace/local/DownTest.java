package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./millrace down} as a process, on real Redis and PostgreSQL and small services that stand in for ours. */
@Tag("slow")
class DownTest {

    @TempDir
    static Path folder;

    private static Path checkout;
    private static Path home;

    @BeforeAll
    static void build() throws IOException {
        checkout = folder.resolve("checkout");
        home = folder.resolve("a home");
        FakeCheckout.makeIn(checkout);
    }

    @Test
    void endsAHomeInGoodOrderAndHasNothingToDoTheSecondTime() throws Exception {
        try (Launcher launcher = up().ready()) {
            Shell.End first = down(home);

            assertThat(first.text())
                    .startsWith("millrace: ended the launcher (process " + launcher.pid() + "), ")
                    .contains("api-1", "worker-1", "scheduler-1", "redis", "postgres")
                    .hasLineCount(1);
            assertThat(first.status()).isZero();
            assertThat(launcher.exitCode(Duration.ofSeconds(1))).isEqualTo(143);
            assertThat(launcher.children()).isEmpty();
            assertThat(home.resolve("run.json")).doesNotExist();
            assertNothingRuns(down(home), home);
        }
    }

    @Test
    void endsWhatAKilledLauncherLeft() throws Exception {
        try (Launcher launcher = up().ready()) {
            Signals.send(launcher.watchdog(), Signal.KILL);
            launcher.kill();

            Shell.End end = down(home);

            assertThat(end.text()).contains("worker-1", "postgres").doesNotContain("the launcher");
            assertThat(end.status()).isZero();
            assertThat(launcher.children()).isEmpty();
            assertThat(home.resolve("run.json")).doesNotExist();
        }
    }

    @Test
    void leavesAStrangerAloneThatWasGivenTheNumberOfAProcessOfOurs() throws Exception {
        Path stale = Files.createDirectories(folder.resolve("stale"));
        ChildProcess stranger =
                ChildProcess.start("stranger", List.of("tail", "-f", "/dev/null"), Map.of(), line -> {});
        try {
            Files.writeString(stale.resolve("lock"), Long.toString(stranger.pid()));
            Files.writeString(stale.resolve("processes"), stranger.pid() + " java worker-1\n");
            Files.writeString(stale.resolve("run.json"), "{\"redis\":{\"pid\":" + stranger.pid() + "}}");

            assertNothingRuns(down(stale), stale);

            assertThat(stranger.isAlive()).isTrue();
            assertThat(stale.resolve("run.json")).doesNotExist();
        } finally {
            stranger.kill();
        }
    }

    @Test
    void hasNothingToDoWhereNothingEverRan() throws Exception {
        Path never = folder.resolve("never");

        assertNothingRuns(down(never), never);

        assertThat(never).doesNotExist();
    }

    @Test
    void refusesAnOption() throws Exception {
        Shell.End end = down(home, "--now");

        assertThat(end.status()).isEqualTo(1);
        assertThat(end.text()).startsWith("millrace: 'down' has no option '--now'");
    }

    private static void assertNothingRuns(Shell.End end, Path where) {
        assertThat(end.text()).isEqualTo("millrace: nothing runs in " + where + ".\n");
        assertThat(end.status()).isZero();
    }

    private static Shell.End down(Path where, String... options) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String line = "'%s' -cp '%s' %s %s"
                .formatted(
                        java, System.getProperty("java.class.path"), Down.class.getName(), String.join(" ", options));
        return Shell.end(folder, Map.of("MILLRACE_HOME", where.toString()), line);
    }

    private static Launcher up() throws IOException {
        return Launcher.up(checkout, home, Map.of(), "--port=0");
    }
}
