package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the README from its first command to its last in a fresh copy of the checkout, building included. */
class ReadmeIT {

    private static final Duration BUILT_AND_READY = Duration.ofMinutes(12);

    @TempDir
    static @Nullable Path folder;

    private int port;

    @Test
    void everyCommandOfTheReadmeDoesWhatItSays() throws Exception {
        Path copy = freshCopy();
        port = Ports.free();
        Deque<String> commands =
                new ArrayDeque<>(Readme.of(copy.resolve("README.md")).commands());
        try (Launcher launcher = up(copy, commands.remove())) {
            assertThat(commands.remove()).isEqualTo("./millrace test"); // is what runs this
            assertThat(curl(commands)).contains("\"hello\"").contains("SUCCEEDED");
            assertThat(curl(commands)).contains("0192f3c1-7f3e-7abc-8def-0123456789ab");
            assertThat(curl(commands)).contains("event:snapshot", "event:progress", "event:done");
            assertThat(curl(commands)).contains("SUCCEEDED").contains("slept");
            assertThat(curl(commands)).contains("csv.import").contains("payloadSchema");
            assertThat(curl(commands)).contains("\"tick\"").contains("It fires every second");
            String fires = commands.remove();
            launcher.awaitThat("the first tick", up -> curl(fires).contains("\"fired\""));
            assertThat(curl(commands)).isEmpty();
            assertThat(curl(commands)).contains("2026-03-29T03:00:00+02:00").contains("dst-gap");
            assertThat(curl(commands)).contains("\"greeting\":\"Hello, Ada\"").contains("SUCCEEDED");
            assertThat(curl(commands)).contains("\"WAITING\"").contains("approval");
            assertThat(curl(commands)).contains("\"seq\"");
            assertThat(curl(commands)).contains("published").contains("SUCCEEDED");
            assertThat(launcher.lines()).anyMatch(line -> line.contains("/api/v1"));
            assertThat(down(copy, commands.remove())).contains("ended the launcher", "worker-1", "postgres");
            assertThat(launcher.exitCode()).isEqualTo(128 + 15); // by SIGTERM
        }
        Shell.run(copy, building(copy), commands.remove());
        Shell.run(copy, building(copy), commands.remove());
        try (Launcher launcher = upWithOwnWorker(copy, commands.remove())) {
            assertThat(curl(commands)).contains("Hello, Ada!");
            assertThat(curl(commands)).contains("\"status\":422").contains("/payload");
            assertThat(curl(commands)).contains("Hallo, Grace!").contains("\"greet.all\"");
            assertThat(launcher.pids("worker")).hasSize(1);
        }
        assertThat(commands).isEmpty();
        refusesToBuildAWrongTask(copy);
    }

    @Test
    void theTutorialIsThatOfTheFirstPage() throws IOException {
        Path example = checkout().resolve("deploy/examples/own-worker");
        Readme first = Readme.of(checkout().resolve("README.md"));
        Path task = example.resolve("src/main/java/com/example/greetings/GreetTask.java");
        assertThat(first.commands())
                .containsSequence(Readme.of(example.resolve("README.md")).commands());
        assertThat(first.classes()).containsExactly(Files.readString(task).strip());
        Path flow = example.resolve("src/main/java/com/example/greetings/GreetFlow.java");
        assertThat(Readme.of(example.resolve("README.md")).classes())
                .containsExactly(Files.readString(flow).strip());
    }

    private Launcher up(Path copy, String command) throws Exception {
        assertThat(command).isEqualTo("./millrace up");
        return ready(copy, command);
    }

    private Launcher upWithOwnWorker(Path copy, String command) throws Exception {
        assertThat(command).startsWith("./millrace up --worker ../greetings/");
        return ready(copy, command);
    }

    private static String down(Path copy, String command) throws IOException, InterruptedException {
        return Shell.run(copy, surroundings(copy), command);
    }

    private static Map<String, String> surroundings(Path copy) {
        return Map.of("MILLRACE_HOME", home(copy).toString(), "MILLRACE_JAVA_HOME", System.getProperty("java.home"));
    }

    private static Path home(Path copy) {
        return copy.resolve(".millrace");
    }

    private Launcher ready(Path copy, String command) throws Exception {
        return Launcher.run(onFreePort(command), copy, home(copy), surroundings(copy))
                .ready(BUILT_AND_READY);
    }

    private List<String> onFreePort(String command) {
        return List.of((command + " --port " + port).split(" "));
    }

    private static void refusesToBuildAWrongTask(Path copy) throws IOException, InterruptedException {
        Path greetings = copy.resolveSibling("greetings");
        Files.writeString(greetings.resolve("src/main/java/com/example/greetings/WrongTask.java"), """
            package com.example.greetings;

            public class WrongTask {
                @dev.millrace.task.Task(name = "wrong")
                void takesText(String text) {}
            }
            """);
        Shell.End build = Shell.end(copy, building(copy), "./mvnw -q -f ../greetings package");
        assertThat(build.status()).isNotZero();
        assertThat(build.text())
                .contains("Task 'wrong' (com.example.greetings.WrongTask.takesText) must take its payload");
    }

    /** What is installed goes to a repository of this test's, in front of that of this machine, which it only reads. */
    private static Map<String, String> building(Path copy) {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "MAVEN_ARGS",
                "-Dmaven.repo.local=%s -Dmaven.repo.local.tail=%s"
                        .formatted(copy.resolveSibling("repository"), System.getProperty("millrace.repository")));
    }

    private String curl(Deque<String> commands) {
        return curl(commands.remove());
    }

    private String curl(String command) {
        assertThat(command).startsWith("curl ");
        try {
            return Shell.run(command.replace("127.0.0.1:8080", "127.0.0.1:" + port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** What git would give to someone who clones, with what is changed here. */
    private static Path freshCopy() throws IOException, InterruptedException {
        if (folder == null) {
            throw new AssertionError("set before the first test");
        }
        Path copy = folder.resolve("checkout");
        Path from = checkout();
        String files = Shell.run(from, "git ls-files --cached --others --exclude-standard");
        for (String file :
                files.lines().filter(name -> Files.exists(from.resolve(name))).toList()) {
            Path to = copy.resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(from.resolve(file), to, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return copy;
    }

    private static Path checkout() {
        return Path.of(System.getProperty("millrace.checkout", "../.."))
                .toAbsolutePath()
                .normalize();
    }
}
