package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.CommandLines;
import dev.millrace.embedded.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A launcher as a process of its own, as a person starts it. Closing it ends it, and kills whatever is left. */
final class Launcher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration TICK = Duration.ofMillis(25);

    private final Path home;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Launcher(Path home, Process process) {
        this.home = home;
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    static Launcher up(Path checkout, Path home, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(hearingCtrlC());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmillrace.checkout=" + checkout,
                "-cp",
                System.getProperty("java.class.path"),
                Up.class.getName()));
        command.addAll(List.of(options));
        return run(command, checkout, home, environment);
    }

    /** Runs a command that becomes a launcher, in a folder. */
    static Launcher run(List<String> command, Path folder, Path home, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("REDIS_URL", "DATABASE_URL"));
        builder.environment().put("MILLRACE_HOME", home.toString());
        builder.environment().put("MILLRACE_AOT", "off");
        builder.environment().putAll(environment);
        return new Launcher(home, builder.start());
    }

    /** Tests that a script runs in the background inherit that SIGINT is ignored, and would hand it on. */
    private static List<String> hearingCtrlC() throws IOException {
        List<String> listening = List.of("env", "--default-signal=INT");
        Process trial = new ProcessBuilder(listening.get(0), listening.get(1), "true").start();
        return trial.onExit().join().exitValue() == 0 ? listening : List.of();
    }

    Launcher ready() throws Exception {
        return ready(PATIENCE);
    }

    /** Returns itself once it is ready; if it is not in time, it is closed. */
    Launcher ready(Duration within) throws Exception {
        try {
            awaitThat("it is ready", within, launcher -> launcher.lines.contains("Ctrl-C stops everything."));
            return this;
        } catch (TimeoutException notReady) {
            close();
            throw notReady;
        }
    }

    long pid() {
        return process.pid();
    }

    /** What it has printed so far. */
    List<String> lines() {
        return lines;
    }

    void send(Signal signal) {
        Signals.send(process.pid(), signal);
    }

    /** Its exit code, within the time. */
    int exitCode(Duration within) throws Exception {
        assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                .as("ends within %s, having said %s", within, lines)
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    int exitCode() throws Exception {
        return exitCode(PATIENCE);
    }

    JsonNode runJson() throws IOException {
        return new ObjectMapper().readTree(home.resolve("run.json").toFile());
    }

    /** The process ids that run.json names under a role. */
    List<Long> pids(String role) throws IOException {
        return StreamSupport.stream(runJson().path(role).spliterator(), false)
                .map(service -> service.path("pid").asLong())
                .toList();
    }

    /** Everything that runs for this home, except the launcher. */
    List<Long> children() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> pid != process.pid()
                            && pid != ProcessHandle.current().pid())
                    .filter(pid -> CommandLines.of(pid).contains(home.toString()))
                    .toList();
        }
    }

    /** The one of them that ends the others if the launcher cannot. */
    long watchdog() {
        return children().stream()
                .filter(pid -> CommandLines.of(pid).contains("watchdog"))
                .findFirst()
                .orElseThrow();
    }

    /** Ends at once, and leaves everything running that no watchdog ends. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void awaitThat(String what, Predicate<Launcher> holds) throws Exception {
        awaitThat(what, PATIENCE, holds);
    }

    void awaitThat(String what, Duration within, Predicate<Launcher> holds) throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (!holds.test(this)) {
            boolean ended = process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS);
            if (ended && !holds.test(this) || System.nanoTime() > deadline) {
                throw new TimeoutException("Not seen that " + what + ": " + lines);
            }
        }
    }

    @Override
    public void close() throws IOException {
        // In good order if it can: a database that was killed takes its time at the next start.
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        for (long pid : children()) {
            ProcessHandle.of(pid).ifPresent(left -> {
                left.destroyForcibly();
                left.onExit().join();
            });
        }
        Files.deleteIfExists(home.resolve("run.json"));
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(ended: " + e.getMessage() + ")");
        }
    }
}
