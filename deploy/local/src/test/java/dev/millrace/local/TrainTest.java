package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.CommandLines;
import dev.millrace.embedded.Signals;
import dev.millrace.local.aot.AotCaches;
import dev.millrace.local.run.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with AOT caches, on small services that stand in for ours. */
@Tag("slow")
class TrainTest {

    private static final Map<String, String> WITH_CACHES = Map.of("MILLRACE_AOT", "on");
    // Whoever else uses the machine comes first.
    private static final Duration AT_LOWEST_PRIORITY = Duration.ofMinutes(5);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    // One for all: a database is made once.
    @TempDir
    static Path folder;

    private Path checkout;
    private Path home;

    @BeforeEach
    void build(TestInfo test) throws IOException {
        assumeTrue(AotCaches.supported() && Files.isReadable(Path.of("/proc/self/maps")));
        checkout = folder.resolve(test.getTestMethod().orElseThrow().getName());
        home = folder.resolve("home");
        FakeCheckout.makeIn(checkout);
    }

    @Test
    void makesCachesBesideTheFirstRunAndUsesThemForEveryLaterProcess() throws Exception {
        try (Launcher launcher = up().ready()) {
            launcher.awaitThat("caches are made", AT_LOWEST_PRIORITY, TrainTest::saysSo);
            assertThat(Role.values())
                    .allSatisfy(role -> assertThat(caches(role)).hasSize(1));
            assertThat(home.resolve("training")).doesNotExist();

            long killed = launcher.pids("worker").getFirst();
            assertThat(usesACache(killed)).isFalse();
            Signals.send(killed, Signal.KILL);
            launcher.awaitThat(
                    "a worker runs again",
                    now -> now.lines().stream().anyMatch(line -> line.contains("worker-1 runs again")));
            assertThat(usesACache(launcher.pids("worker").getFirst())).isTrue();
        }
        try (Launcher second = up().ready()) {
            assertThat(usesACache(second.pids("api").getFirst())).isTrue();
            assertThat(second.lines()).noneMatch(TrainTest::isAboutCaches);
            assertThat(second.children()).noneMatch(TrainTest::trains);
        }
    }

    @Test
    void goesOnWithoutAWordIfACacheIsBroken() throws Exception {
        AotCaches caches = AotCaches.ofThisJdk(checkout);
        for (Role role : Role.values()) {
            Files.createDirectories(caches.of(role).folder());
            Files.writeString(caches.of(role).file(), "no cache at all");
        }

        try (Launcher launcher = up().ready()) {
            assertThat(launcher.lines()).noneMatch(TrainTest::isAboutCaches);
            assertThat(usesACache(launcher.pids("api").getFirst())).isFalse();
        }
    }

    @Test
    void runsAsUsualAndTriesOnceIfNoneCanBeMade() throws Exception {
        Path inTheWay = Files.createDirectories(Role.API.target(checkout)).resolve("aot");
        Files.writeString(inTheWay, "a file where the folder should be");

        try (Launcher launcher = up().ready()) {
            launcher.awaitThat(
                    "it is told",
                    AT_LOWEST_PRIORITY,
                    now -> now.lines().stream().anyMatch(TrainTest::isAboutCaches));
            assertThat(launcher.lines()).noneMatch(line -> line.contains("died"));
            assertThat(launcher.runJson().path("worker")).hasSize(1);
        }
    }

    @Test
    void leavesNothingBehindIfStoppedWhileItTrains() throws Exception {
        try (Launcher launcher = up().ready()) {
            launcher.awaitThat(
                    "it trains",
                    AT_LOWEST_PRIORITY,
                    now -> now.children().stream().filter(TrainTest::trains).count() > 1);

            launcher.send(Signal.INT);

            assertThat(launcher.exitCode(FIVE_SECONDS)).isEqualTo(130);
            assertThat(launcher.children()).isEmpty();
            assertThat(Role.values())
                    .allSatisfy(role -> assertThat(caches(role)).isEmpty());
        }
    }

    private Launcher up() throws IOException {
        return Launcher.up(checkout, home, WITH_CACHES, "--port=0");
    }

    private List<Path> caches(Role role) {
        try (Stream<Path> files = Files.list(role.target(checkout).resolve("aot"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean saysSo(Launcher launcher) {
        return launcher.lines().stream().anyMatch(line -> line.contains("their AOT caches were made"));
    }

    private static boolean isAboutCaches(String line) {
        return line.contains("AOT") || line.contains("[aot]") || line.contains("[cds]");
    }

    private static boolean trains(long pid) {
        return CommandLines.of(pid).contains("training");
    }

    // What a JVM maps is what it uses.
    private static boolean usesACache(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "maps")).contains(".aot");
    }
}
