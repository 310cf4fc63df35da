package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.CommandLines;
import dev.millrace.embedded.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./millrace up --native} as a process, with scripts that stand in for the executables. */
@Tag("slow")
class NativeUpTest {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private Path checkout;
    private Path home;

    @BeforeEach
    void build() throws Exception {
        checkout = folder.resolve("a checkout");
        home = folder.resolve("a home");
        FakeCheckout.makeNativelyIn(checkout);
    }

    @Test
    void executablesStandInThePlacesOfTheJvms() throws Exception {
        try (Launcher launcher = up("--workers=2").ready()) {
            assertThat(launcher.pids("api")).singleElement().satisfies(NativeUpTest::isNative);
            assertThat(launcher.pids("worker")).hasSize(2).allSatisfy(NativeUpTest::isNative);
            assertThat(launcher.pids("scheduler")).singleElement().satisfies(NativeUpTest::isNative);
            assertThat(home.resolve("logs/worker-1.log"))
                    .content()
                    .isEqualTo("profile local, grace PT2S, redis "
                            + launcher.runJson().at("/redis/url").asText() + "\n");
            assertThat(launcher.lines()).noneMatch(line -> line.contains("AOT"));

            JsonNode killed = launcher.runJson().at("/worker/0");
            Signals.send(killed.path("pid").asLong(), Signal.KILL);
            launcher.awaitThat(
                    "a worker runs again",
                    now -> now.lines().stream().anyMatch(line -> line.contains("worker-1 runs again")));
            assertThat(launcher.runJson().at("/worker/0/url")).isEqualTo(killed.path("url"));
            assertThat(launcher.pids("worker")).hasSize(2).allSatisfy(NativeUpTest::isNative);

            launcher.send(Signal.INT);

            assertThat(launcher.exitCode(FIVE_SECONDS)).isEqualTo(130);
            assertThat(launcher.children()).isEmpty();
        }
    }

    private static void isNative(long pid) {
        List<String> words = List.of(CommandLines.of(pid).split(" "));
        assertThat(words).anyMatch(word -> word.endsWith("-service-1.0-runner"));
        assertThat(words).doesNotContain("-XX:+UseSerialGC"); // which is chosen when it is built
    }

    private Launcher up(String... options) throws Exception {
        String[] all = new String[options.length + 2];
        all[0] = "--native";
        all[1] = "--port=0";
        System.arraycopy(options, 0, all, 2, options.length);
        // Caches are allowed, and there is nothing that they are made of.
        return Launcher.up(checkout, home, Map.of("MILLRACE_AOT", "on"), all);
    }
}
