package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for on the command line and in the environment.
 *
 * @param checkout where the built services lie
 * @param home {@code MILLRACE_HOME}, default {@code .millrace} of the checkout
 * @param workers how many processes, at least 1, as are {@code apis} and {@code schedulers}
 * @param port of the first api, default 8080; 0 for any that is free
 * @param workerJar the workers' program instead of the one that ships
 * @param restart whether a service that dies is started again
 * @param lines what is shown of what the processes print: only what goes to the log files, or all
 * @param aot whether AOT caches are made and used, where the JDK has them: {@code MILLRACE_AOT}, default on
 * @param redisUrl {@code REDIS_URL}, an existing Redis to use
 * @param databaseUrl {@code DATABASE_URL}, an existing PostgreSQL to use
 */
record UpOptions(
        Path checkout,
        Path home,
        int workers,
        int apis,
        int schedulers,
        int port,
        Optional<Path> workerJar,
        boolean restart,
        Terminal.Lines lines,
        boolean aot,
        Optional<String> redisUrl,
        Optional<String> databaseUrl) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MOST_PROCESSES = 50;
    private static final int HIGHEST_PORT = 65_535;

    /** Whether a service's program is the one that the checkout builds. */
    boolean shipped(Role role) {
        return role != Role.WORKER || workerJar.isEmpty();
    }

    /** One of each service on servers of their own and free ports; what dies stays dead. */
    static UpOptions small(Path checkout, Path home) {
        return new UpOptions(
                checkout,
                home,
                1,
                1,
                1,
                0,
                Optional.empty(),
                false,
                Terminal.Lines.OURS,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Reads them.
     *
     * @throws CannotStart if an option is unknown, lacks its value, or that is out of range or no file
     */
    static UpOptions parse(Path checkout, List<String> arguments, Map<String, String> environment) {
        Builder builder = new Builder();
        CommandLine line = new CommandLine("up", "./millrace help", arguments);
        while (line.hasNext()) {
            builder.take(line);
        }
        return new UpOptions(
                checkout,
                CommandLine.home(checkout, environment),
                builder.workers,
                builder.apis,
                builder.schedulers,
                builder.port,
                builder.workerJar,
                builder.restart,
                builder.lines,
                onOrOff(CommandLine.set(environment, "MILLRACE_AOT").orElse("on")),
                CommandLine.set(environment, "REDIS_URL"),
                CommandLine.set(environment, "DATABASE_URL"));
    }

    private static boolean onOrOff(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new CannotStart("MILLRACE_AOT is on or off, not '" + text + "'.");
        };
    }

    private static final class Builder {

        private int workers = 1;
        private int apis = 1;
        private int schedulers = 1;
        private int port = DEFAULT_PORT;
        private Optional<Path> workerJar = Optional.empty();
        private boolean restart = true;
        private Terminal.Lines lines = Terminal.Lines.OURS;

        private void take(CommandLine line) {
            switch (line.next()) {
                case "--workers" -> workers = line.number(1, MOST_PROCESSES);
                case "--apis" -> apis = line.number(1, MOST_PROCESSES);
                case "--schedulers" -> schedulers = line.number(1, MOST_PROCESSES);
                case "--port" -> port = line.number(0, HIGHEST_PORT);
                case "--worker-jar" -> workerJar = Optional.of(file(line.value()));
                case "--no-restart" -> restart = false;
                case "--verbose" -> lines = Terminal.Lines.ALL;
                default -> throw line.unknown();
            }
        }

        private static Path file(String text) {
            Path file = Path.of(text).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file)) {
                throw new CannotStart("--worker-jar takes the jar of a built worker, such as"
                        + " target/quarkus-app/quarkus-run.jar; there is no file '" + text + "'.");
            }
            return file;
        }
    }
}
