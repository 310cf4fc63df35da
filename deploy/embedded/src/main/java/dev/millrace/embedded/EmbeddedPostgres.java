package dev.millrace.embedded;

import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A PostgreSQL 17 server as a child process on 127.0.0.1, with the user {@code postgres} (no password) and the database
 * {@code millrace}, ready when {@link #start} returns. Data lie in a folder of the caller and are found again by the
 * next server on that folder.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final String DATABASE = "millrace";
    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(2);

    /**
     * How to run it.
     *
     * @param folder where its data lie; made if missing, its parents too
     * @param port 0 for any that is free; it stays the same over {@link #restart}
     * @param durable a commit is on the disk before it is answered; otherwise a crash of the machine (not of the
     *     server) may lose commits or the whole folder
     * @param log is given each line that it prints
     * @param launched is told of each process right after its launch, long before it is ready
     * @param endsWithJvm also close it when this JVM ends in an orderly way
     * @param settings further ones, each {@code name=value}, which win over ours
     */
    public record Options(
            Path folder,
            int port,
            boolean durable,
            Consumer<String> log,
            Consumer<ChildProcess> launched,
            boolean endsWithJvm,
            List<String> settings) {

        public Options {
            folder = folder.toAbsolutePath().normalize();
            settings = List.copyOf(settings);
        }

        /** Keeps every commit, any free port, no log; the caller closes it. */
        public static Options durable(Path folder) {
            return new Options(folder, 0, true, line -> {}, process -> {}, false, List.of());
        }

        /** No waiting for the disk, for speed; ends with the JVM at the latest. */
        public static Options forTests(Path folder) {
            return new Options(folder, 0, false, line -> {}, process -> {}, true, List.of());
        }

        public Options withPort(int chosen) {
            return new Options(folder, chosen, durable, log, launched, endsWithJvm, settings);
        }

        public Options withLog(Consumer<String> lines) {
            return new Options(folder, port, durable, lines, launched, endsWithJvm, settings);
        }

        public Options withLaunched(Consumer<ChildProcess> told) {
            return new Options(folder, port, durable, log, told, endsWithJvm, settings);
        }

        public Options withSettings(List<String> further) {
            return new Options(folder, port, durable, log, launched, endsWithJvm, further);
        }
    }

    private final Options options;
    private final Server server;
    private volatile ChildProcess process;

    private EmbeddedPostgres(Options options, Time time) {
        this.options = options;
        this.server = server(options, time);
        this.process = server.start();
    }

    /**
     * Starts a server and returns when it answers: 0.3 s on an existing folder, some 2 s on a new one.
     *
     * @throws CannotStart if the port is taken, the folder cannot be written, or it ends or stays silent for 30 s
     */
    public static EmbeddedPostgres start(Options options) {
        return start(options, TimeWiring.ofThisMachine());
    }

    /** The same, patient by a time of the caller's. */
    public static EmbeddedPostgres start(Options options, Time time) {
        Options settled = options.withPort(Ports.orFree(options.port(), "PostgreSQL"));
        PostgresPrograms.initialise(settled);
        EmbeddedPostgres postgres = new EmbeddedPostgres(settled, time);
        if (options.endsWithJvm()) {
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        }
        return postgres;
    }

    public int port() {
        return options.port();
    }

    /** {@code postgresql://postgres@127.0.0.1:port/millrace}. */
    public String url() {
        return url(options.port(), DATABASE).uri().toString();
    }

    public long pid() {
        return process.pid();
    }

    /** The process of now; {@link #restart} makes another. */
    public ChildProcess process() {
        return process;
    }

    /** A connection to the database {@code millrace}. */
    public Connection connect() throws SQLException {
        return url(options.port(), DATABASE).connect(ANSWER);
    }

    /** Ends all its sessions and writes everything down; after 2 s SIGKILL, which loses no commit either. */
    @Override
    public void close() {
        endWith(() -> process.stop(Signal.INT, STOP));
    }

    /** SIGKILL. No commit is lost, the next start repairs the folder. */
    public void kill() {
        endWith(process::kill);
    }

    /** SIGSTOP of the server; its open sessions go on, new ones wait for {@link #resume}. */
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

    // Its sessions are processes that outlive a killed server for a moment, in which no new one can start.
    private void endWith(Runnable end) {
        CompletableFuture<?>[] sessions = ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        end.run();
        CompletableFuture.allOf(sessions).join();
    }

    private static Server server(Options options, Time time) {
        return new Server(
                "PostgreSQL",
                options.port(),
                () -> PostgresPrograms.postgres(arguments(options), options.log()),
                options.launched(),
                process -> saysReady(options.folder(), process) && answers(options.port()),
                READY,
                time);
    }

    // What it writes down of itself is asked first: to connect too early would put an alarming line into its log.
    private static boolean saysReady(Path folder, ChildProcess process) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
            return lines.getFirst().equals(Long.toString(process.pid()))
                    && lines.getLast().trim().equals("ready");
        } catch (IOException | NoSuchElementException e) {
            // Not there yet, or just being written.
            return false;
        }
    }

    private static boolean answers(int port) {
        try (Connection connection = url(port, "postgres").connect(ANSWER);
                Statement statement = connection.createStatement()) {
            createDatabase(statement);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void createDatabase(Statement statement) throws SQLException {
        boolean there;
        try (ResultSet found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            there = found.next();
        }
        if (!there) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    private static List<String> arguments(Options options) {
        List<String> arguments = new ArrayList<>(List.of("-D", options.folder().toString()));
        arguments.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(options.port()), "-k", ""));
        arguments.addAll(List.of("-c", "max_connections=200"));
        String onDisk = options.durable() ? "on" : "off";
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            arguments.addAll(List.of("-c", setting + "=" + onDisk));
        }
        options.settings().forEach(setting -> arguments.addAll(List.of("-c", setting)));
        return arguments;
    }

    private static PostgresUrl url(int port, String database) {
        return PostgresUrl.parse("postgresql://postgres@127.0.0.1:" + port + "/" + database);
    }
}
