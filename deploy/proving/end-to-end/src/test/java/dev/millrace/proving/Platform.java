package dev.millrace.proving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.run.Form;
import dev.millrace.testkit.Awaiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A platform that the launcher has brought up, in a home of its own, on free ports. */
public final class Platform implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration STOPPED = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process launcher;
    private final Path home;
    private Api api = new Api("");
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());

    private Platform(Process launcher, Path home) {
        this.launcher = launcher;
        this.home = home;
    }

    /** Where the checkout lies whose packaged services are run. */
    public static Path checkout() {
        return Path.of(System.getProperty("millrace.checkout", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * The option of the form in which services are run: none for JVMs, or what the system property {@code millrace.form}
     * asks for.
     */
    public static List<String> form() {
        return natively() ? List.of(Form.OPTION) : List.of();
    }

    /** Whether services are run as native executables. */
    public static boolean natively() {
        return System.getProperty("millrace.form", "jvm").equals("native");
    }

    /** Starts it as {@code ./millrace up} does once everything is built, and returns when it is ready. */
    public static Platform up(Path home, String... options) {
        return up(home, Map.of(), options);
    }

    /** The same, with more in the environment of all its processes. */
    public static Platform up(Path home, Map<String, String> environment, String... options) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = checkout().resolve("deploy/local/target/millrace-local.jar");
        List<String> command = new ArrayList<>(
                List.of(java.toString(), "-Dmillrace.checkout=" + checkout(), "-jar", jar.toString(), "--port", "0"));
        command.addAll(form());
        command.addAll(List.of(options));
        return up(checkout(), home, command, environment, READY);
    }

    /** Starts it by a command of one's own in a checkout. */
    static Platform up(Path checkout, Path home, List<String> command, Duration readyWithin) {
        return up(checkout, home, command, Map.of(), readyWithin);
    }

    private static Platform up(
            Path checkout, Path home, List<String> command, Map<String, String> environment, Duration readyWithin) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.directory(checkout.toFile());
            builder.environment().put("MILLRACE_HOME", home.toString());
            // What makes them would compete with what is measured here.
            builder.environment().put("MILLRACE_AOT", "off");
            builder.environment().put("MILLRACE_JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            Platform platform = new Platform(builder.start(), home);
            Thread.ofPlatform().daemon().name("platform-output").start(platform::collectOutput);
            platform.awaitReady(readyWithin);
            platform.api = new Api(platform.run().at("/api/0/url").asText());
            return platform;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void collectOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException ended) {
            output.add("(its output ended: " + ended.getMessage() + ")");
        }
    }

    private void awaitReady(Duration within) {
        try {
            Awaiting.until("the platform to be ready", within, () -> {
                if (!launcher.isAlive()) {
                    throw new AssertionError("The launcher ended with " + launcher.exitValue() + ": " + tail());
                }
                return Files.exists(home.resolve("run.json")) && output.contains("Ctrl-C stops everything.");
            });
        } catch (AssertionError notReady) {
            close();
            throw notReady;
        }
    }

    /** The last lines of everything it printed. */
    public String tail() {
        List<String> lines = List.copyOf(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Every line it printed so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** The first api; it comes back under the same URL after a death. */
    public Api api() {
        return api;
    }

    /** What run.json says now. */
    public JsonNode run() {
        try {
            return JSON.readTree(home.resolve("run.json").toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The processes of one role, by pid. */
    public List<Long> pids(String role) {
        List<Long> pids = new ArrayList<>();
        run().path(role).forEach(one -> pids.add(one.path("pid").asLong()));
        return pids;
    }

    /** As Ctrl-C does; every process has ended when it returns. */
    @Override
    public void close() {
        List<ProcessHandle> all = launcher.descendants().toList();
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                launcher.destroyForcibly();
                throw new AssertionError("The launcher did not end within " + STOPPED + ": " + tail());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
