package dev.millrace.bench.peers;

import dev.millrace.bench.report.Figure;
import dev.millrace.bench.workload.Workload;
import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Ports;
import dev.millrace.embedded.RedisTalk;
import dev.millrace.embedded.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The harness that measures other job systems, as {@code BENCH_PEERS} names it: a folder with {@code run-peers.sh}. It is
 * copied before it is used, and runs its own servers on free ports. What it tells on stderr goes to ours.
 */
public final class Harness implements AutoCloseable {

    private static final String SCRIPT = "run-peers.sh";

    /** At the end of a peer's name: its Redis has each write on the disk before it answers, as PostgreSQL has. */
    private static final String ALWAYS = ":always";

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Path copy;
    private final Map<String, String> environment;
    private volatile @Nullable Process running;
    private final URI redis;
    private boolean up;

    private Harness(Path copy, int redisPort, Map<String, String> environment) {
        this.copy = copy;
        this.redis = URI.create("redis://127.0.0.1:" + redisPort);
        this.environment = environment;
    }

    /**
     * Copies the harness.
     *
     * @param folder of the original, which is only read
     * @param work an empty folder for the copy, its servers' data and what it installs
     * @throws CannotStart if there is no harness in the folder
     */
    public static Harness copy(Path folder, Path work) {
        return copy(folder, work, Ports.free(2));
    }

    /** The same with ports of the caller's: its Redis', its PostgreSQL's. */
    static Harness copy(Path folder, Path work, List<Integer> ports) {
        if (!Files.isRegularFile(folder.resolve(SCRIPT))) {
            throw new CannotStart("BENCH_PEERS is " + folder + ", where no " + SCRIPT
                    + " is: set it to the folder of a peer benchmark, or leave --peers out.");
        }
        Path copy = work.resolve("harness");
        copyTree(folder, copy);
        return new Harness(
                copy,
                ports.get(0),
                Map.of(
                        "PEERS_DIR", work.resolve("peers").toString(),
                        "REDIS_PORT", ports.get(0).toString(),
                        "PG_PORT", ports.get(1).toString(),
                        "JAVA_HOME_BENCH", System.getProperty("java.home")));
    }

    /** Runs the workloads on a peer, and gives on each figure as soon as it is there. */
    public void run(String peer, Collection<Workload> workloads, int round, Consumer<Figure> figures) {
        List<String> command = new ArrayList<>(List.of(peer));
        workloads.stream().flatMap(Harness::theirs).distinct().forEach(command::add);
        up = true;
        if (peer.endsWith(ALWAYS)) {
            call(List.of("up"), line -> {});
            sync("always");
            call(command, line -> PeerLine.read(line, round).forEach(figures));
            sync("everysec");
        } else {
            call(command, line -> PeerLine.read(line, round).forEach(figures));
        }
    }

    /** How often its Redis writes to the disk what was appended. */
    private void sync(String how) {
        try (RedisTalk talk = RedisTalk.open(redis, ANSWER)) {
            talk.ask("CONFIG", "SET", "appendfsync", how);
        } catch (IOException e) {
            throw new UncheckedIOException("The harness has no Redis to set appendfsync " + how, e);
        }
    }

    /** Their names for ours. */
    private static Stream<String> theirs(Workload workload) {
        return switch (workload) {
            case BACKLOG, SINGLE -> Stream.of("w1");
            case COLD, E2E -> Stream.of("w1e");
            case LATENCY -> Stream.of("w2");
            case IO -> Stream.of("w3");
            // Theirs fall due all at once, submit by one client, and know nothing of schedules and workflows.
            case COLD_CLIENTS, CLIENTS, DELAY, IDLE, LISTENERS, SCHEDULES, WORKFLOWS -> Stream.empty();
        };
    }

    /** Stops its servers. */
    @Override
    public synchronized void close() {
        Process current = running;
        if (current != null) {
            interrupt(current);
        }
        if (up) {
            up = false;
            call(List.of("down"), line -> {});
            awaitTheEnd();
        }
    }

    // Its servers are only asked to stop; their data must not be deleted under them. All name the folder they work in.
    private void awaitTheEnd() {
        String work = environment.getOrDefault("PEERS_DIR", copy.toString());
        List<ProcessHandle> servers;
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            servers = all.filter(one -> one.info().commandLine().orElse("").contains(work))
                    .toList();
        }
        for (ProcessHandle server : servers) {
            server.onExit()
                    .completeOnTimeout(server, STOP.toSeconds(), TimeUnit.SECONDS)
                    .join();
            server.destroyForcibly();
        }
    }

    private void call(List<String> arguments, Consumer<String> lines) {
        List<String> command = new ArrayList<>(List.of(copy.resolve(SCRIPT).toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            running = process;
            process.getOutputStream().close();
            read(process, lines);
            finished(process.waitFor(), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the harness ran.", e);
        } finally {
            running = null;
        }
    }

    private static void read(Process process, Consumer<String> lines) throws IOException {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(lines);
        }
    }

    private static void finished(int code, List<String> arguments) {
        if (code != 0) {
            throw new IllegalStateException(
                    SCRIPT + " " + String.join(" ", arguments) + " ended with exit code " + code + ", see above.");
        }
    }

    // It ends its workers when it is interrupted, which a SIGTERM would not make it do.
    private static void interrupt(Process process) {
        process.descendants().forEach(one -> Signals.send(one.pid(), Signal.INT));
        process.onExit().join();
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
