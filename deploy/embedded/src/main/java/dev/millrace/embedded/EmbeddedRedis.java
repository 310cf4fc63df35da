package dev.millrace.embedded;

import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Redis 7.0.15 server as a child process on 127.0.0.1, never evicting ({@code noeviction}), ready when
 * {@link #start} returns. Data lie in a folder of the caller and are found again by the next server on that folder.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(2);

    /**
     * How to run it.
     *
     * @param folder where its data lie; made if missing
     * @param port 0 for any that is free; it stays the same over {@link #restart}
     * @param durable append-only file, written to disk each second; otherwise nothing is kept at all
     * @param arguments further ones of {@code redis-server}, which win over ours
     * @param log is given each line that it prints
     * @param launched is told of each process right after its launch, long before it is ready
     * @param endsWithJvm also close it when this JVM ends in an orderly way
     * @param program another {@code redis-server} than the embedded one
     */
    public record Options(
            Path folder,
            int port,
            boolean durable,
            List<String> arguments,
            Consumer<String> log,
            Consumer<ChildProcess> launched,
            boolean endsWithJvm,
            Optional<Path> program) {

        public Options {
            folder = folder.toAbsolutePath().normalize();
            arguments = List.copyOf(arguments);
        }

        /** Keeps its data, any free port, no log; the caller closes it. */
        public static Options durable(Path folder) {
            return new Options(folder, 0, true, List.of(), line -> {}, process -> {}, false, Optional.empty());
        }

        /** Keeps nothing over a restart, for speed; ends with the JVM at the latest. */
        public static Options forTests(Path folder) {
            return new Options(folder, 0, false, List.of(), line -> {}, process -> {}, true, Optional.empty());
        }

        public Options withPort(int chosen) {
            return new Options(folder, chosen, durable, arguments, log, launched, endsWithJvm, program);
        }

        public Options withDurable(boolean kept) {
            return new Options(folder, port, kept, arguments, log, launched, endsWithJvm, program);
        }

        public Options withArguments(String... further) {
            return new Options(folder, port, durable, List.of(further), log, launched, endsWithJvm, program);
        }

        public Options withLog(Consumer<String> lines) {
            return new Options(folder, port, durable, arguments, lines, launched, endsWithJvm, program);
        }

        public Options withProgram(Path other) {
            return new Options(folder, port, durable, arguments, log, launched, endsWithJvm, Optional.of(other));
        }

        public Options withLaunched(Consumer<ChildProcess> told) {
            return new Options(folder, port, durable, arguments, log, told, endsWithJvm, program);
        }
    }

    private final Options options;
    private final Server server;
    private volatile ChildProcess process;

    private EmbeddedRedis(Options options, Time time) {
        this.options = options;
        this.server = server(options, time);
        this.process = server.start();
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws CannotStart if the port is taken, the folder cannot be written, or it ends or stays silent for 20 s
     */
    public static EmbeddedRedis start(Options options) {
        return start(options, TimeWiring.ofThisMachine());
    }

    /** The same, patient by a time of the caller's. */
    public static EmbeddedRedis start(Options options, Time time) {
        Options settled = options.withPort(Ports.orFree(options.port(), "Redis"));
        EmbeddedRedis redis = new EmbeddedRedis(settled, time);
        if (options.endsWithJvm()) {
            Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
        }
        return redis;
    }

    public int port() {
        return options.port();
    }

    /** {@code redis://127.0.0.1:port}. */
    public String url() {
        return url(options.port());
    }

    public long pid() {
        return process.pid();
    }

    /** The process of now; {@link #restart} makes another. */
    public ChildProcess process() {
        return process;
    }

    /** SIGTERM, on which it writes everything down; after 2 s SIGKILL. Returns when it has ended. */
    @Override
    public void close() {
        process.stop(Signal.TERM, STOP);
    }

    /** SIGKILL: up to a second of acknowledged writes may be lost. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: connections stay open and nothing is answered until {@link #resume}. */
    public void pause() {
        process.send(Signal.STOP);
    }

    public void resume() {
        process.send(Signal.CONT);
    }

    /** Ends it if it still runs, and starts it again on the same port and data. */
    public void restart() {
        close();
        process = server.start();
    }

    private static Server server(Options options, Time time) {
        return new Server(
                "Redis",
                options.port(),
                () -> ChildProcess.start("redis", command(options), Map.of(), options.log()),
                options.launched(),
                process -> answers(options.port()),
                READY,
                time);
    }

    // While it reads its data it answers LOADING, which is an error and so not yet an answer.
    private static boolean answers(int port) {
        try (RedisTalk talk = RedisTalk.open(URI.create(url(port)), ANSWER)) {
            return "PONG".equals(talk.ask("PING"));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(Options options) {
        List<String> command = new ArrayList<>();
        command.add(options.program().orElseGet(Binaries::redisServer).toString());
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(options.port())));
        command.addAll(List.of("--dir", folder(options.folder()).toString()));
        command.addAll(List.of("--save", "", "--maxmemory-policy", "noeviction"));
        command.addAll(List.of("--appendonly", options.durable() ? "yes" : "no", "--appendfsync", "everysec"));
        // The folder stays in the process's title, by which a later start knows it for its own.
        command.addAll(List.of("--proc-title-template", "{title} {listen-addr} " + options.folder()));
        command.addAll(options.arguments());
        return command;
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CannotStart("Cannot write Redis' data to " + folder + ": " + e + ".", e);
        }
    }

    private static String url(int port) {
        return "redis://127.0.0.1:" + port;
    }
}
