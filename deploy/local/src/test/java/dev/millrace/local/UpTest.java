package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.CommandLines;
import dev.millrace.embedded.EmbeddedPostgres;
import dev.millrace.embedded.EmbeddedRedis;
import dev.millrace.embedded.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with real Redis and PostgreSQL and small services that stand in for ours. */
@Tag("slow")
class UpTest {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final String ANY_PORT = "--port=0";

    // One for all: a database is made once, and each start meets what the one before has left.
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
    void showsWhatEveryProcessPrintsIfAsked() throws Exception {
        try (Launcher launcher = up(ANY_PORT, "--verbose").ready()) {
            String redis = launcher.runJson().path("redis").path("url").asText();

            assertThat(launcher.lines())
                    .contains("api-1       | profile local, grace null, redis " + redis)
                    .anyMatch(line -> line.startsWith("postgres    | "));
        }
    }

    @Test
    void leavesNothingBehindAfterCtrlC() throws Exception {
        try (Launcher launcher = up(ANY_PORT, "--workers=2").ready()) {
            assertThat(launcher.children()).hasSizeGreaterThanOrEqualTo(6);

            launcher.send(Signal.INT);

            assertThat(launcher.exitCode(FIVE_SECONDS)).isEqualTo(130);
            assertThat(launcher.children()).isEmpty();
            assertThat(home.resolve("run.json")).doesNotExist();
        }
    }

    @Test
    void leavesNothingBehindIfStoppedWhileItStarts() throws Exception {
        try (Launcher launcher = up(ANY_PORT)) {
            launcher.awaitThat(
                    "something runs", starting -> !starting.children().isEmpty());

            launcher.send(Signal.TERM);

            assertThat(launcher.exitCode(FIVE_SECONDS)).isEqualTo(143);
            assertThat(launcher.children()).isEmpty();
            assertThat(launcher.lines()).noneMatch(line -> line.startsWith("millrace: "));
        }
    }

    @Test
    void killsWhatDoesNotEndInTime() throws Exception {
        try (Launcher launcher = up(Map.of("FAKE_STUBBORN", "worker"), ANY_PORT).ready()) {
            launcher.send(Signal.TERM);

            assertThat(launcher.exitCode(FIVE_SECONDS)).isEqualTo(143);
            assertThat(launcher.children()).isEmpty();
        }
    }

    @Test
    void endsServicesThatArePaused() throws Exception {
        try (Launcher launcher = up(ANY_PORT).ready()) {
            Signals.send(launcher.pids("worker").get(0), Signal.STOP);

            launcher.send(Signal.INT);

            assertThat(launcher.exitCode(FIVE_SECONDS)).isEqualTo(130);
            assertThat(launcher.children()).isEmpty();
        }
    }

    @Test
    void leavesAServiceDeadIfToldSo() throws Exception {
        try (Launcher launcher = up(ANY_PORT, "--no-restart").ready()) {
            Signals.send(launcher.pids("scheduler").get(0), Signal.KILL);

            launcher.awaitThat(
                    "it says so", now -> now.lines().stream().anyMatch(line -> line.contains("It stays dead")));
            assertThat(launcher.pids("scheduler")).isEmpty();
            assertThat(launcher.children())
                    .noneMatch(pid -> CommandLines.of(pid).contains("scheduler-service"));
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Launcher launcher = up("--port", Integer.toString(taken.getLocalPort()))) {
            assertRefused(launcher, "Port " + taken.getLocalPort() + " for the api (--port) is taken");
        }
    }

    @Test
    void takesEverythingDownIfOneServiceDoesNotStart() throws Exception {
        try (Launcher launcher = up(Map.of("FAKE_FAILS", "scheduler"), ANY_PORT)) {
            assertRefused(launcher, "scheduler-1 ended with exit code 3 before it was ready: see " + home);
        }
    }

    @Test
    void usesServersThatExist() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedis.Options.forTests(folder.resolve("redis")));
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(EmbeddedPostgres.Options.forTests(folder.resolve("postgres")));
                Launcher launcher = up(Map.of("REDIS_URL", redis.url(), "DATABASE_URL", postgres.url()), ANY_PORT)
                        .ready()) {
            JsonNode run = launcher.runJson();

            assertThat(run.path("redis")).hasToString("{\"pid\":null,\"url\":\"" + redis.url() + "\"}");
            assertThat(run.path("postgres")).hasToString("{\"pid\":null,\"url\":\"" + postgres.url() + "\"}");
            assertThat(launcher.children()).hasSize(4).contains(launcher.watchdog());
        }
    }

    @Test
    void refusesARedisThatEvicts() throws Exception {
        EmbeddedRedis.Options evicting = EmbeddedRedis.Options.forTests(folder.resolve("evicting"))
                .withArguments("--maxmemory-policy", "allkeys-lru");
        try (EmbeddedRedis redis = EmbeddedRedis.start(evicting);
                Launcher launcher = up(Map.of("REDIS_URL", redis.url()), ANY_PORT)) {
            assertRefused(launcher, "maxmemory-policy allkeys-lru");
        }
    }

    @Test
    void runsAWorkerOfOnesOwnInsteadOfTheOneThatShips() throws Exception {
        Path own = folder.resolve("own/worker-service/own.jar");
        FakeCheckout.writeJar(own);
        try (Launcher launcher = up(ANY_PORT, "--worker-jar", own.toString()).ready()) {
            assertThat(CommandLines.of(launcher.pids("worker").getFirst())).contains(own.toString());
            assertThat(CommandLines.of(launcher.pids("api").getFirst())).contains(checkout.toString());
        }
    }

    @Test
    void runsANativeWorkerOfOnesOwnBesideServicesForAJvm() throws Exception {
        Path jar = folder.resolve("own/worker-service/native.jar");
        FakeCheckout.writeJar(jar);
        Path own = jar.resolveSibling("a runner of my own");
        FakeCheckout.writeExecutable(own, jar);
        try (Launcher launcher = up(ANY_PORT, "--worker", own.toString()).ready()) {
            assertThat(CommandLines.of(launcher.pids("worker").getFirst())).contains("-Dexecutable=" + own);
            assertThat(CommandLines.of(launcher.pids("api").getFirst())).contains("quarkus-run.jar");
        }
    }

    @Test
    void refusesAWorkerThatIsNotThere() throws Exception {
        try (Launcher launcher = up("--worker=not/built.jar")) {
            assertRefused(launcher, "there is no file 'not/built.jar'");
        }
    }

    @Test
    void refusesAWorkerThatIsNoProgram() throws Exception {
        Path text = Files.writeString(folder.resolve("readme.txt"), "no program");
        try (Launcher launcher = up("--worker", text.toString())) {
            assertRefused(launcher, "'" + text + "' is neither a jar nor may it be executed");
        }
    }

    @Test
    void refusesToRunNativelyWhatWasNotCompiledSo() throws Exception {
        try (Launcher launcher = up(ANY_PORT, "--native")) {
            assertRefused(
                    launcher,
                    "There is no native executable in " + checkout.resolve("api-service/target")
                            + ": './millrace native' builds it.");
        }
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        try (Launcher launcher = up("--wrokers=2")) {
            assertRefused(launcher, "'up' has no option '--wrokers=2'");
        }
    }

    private static void assertRefused(Launcher launcher, String why) throws Exception {
        assertThat(launcher.exitCode()).isEqualTo(1);
        assertThat(launcher.lines().stream().filter(line -> line.startsWith("millrace: ")))
                .singleElement()
                .asString()
                .contains(why);
        assertThat(launcher.children()).isEmpty();
        assertThat(home.resolve("run.json")).doesNotExist();
    }

    private static Launcher up(String... options) throws IOException {
        return up(Map.of(), options);
    }

    private static Launcher up(Map<String, String> environment, String... options) throws IOException {
        return Launcher.up(checkout, home, environment, options);
    }
}
