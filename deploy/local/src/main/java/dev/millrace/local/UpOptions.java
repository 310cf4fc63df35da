package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Form;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.ShownToken;
import dev.millrace.local.run.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for on the command line and in the environment.
 *
 * @param programs what is run, and where the built services lie
 * @param home {@code MILLRACE_HOME}, default {@code .millrace} of the checkout
 * @param workers how many processes, at least 1, as are {@code apis} and {@code schedulers}
 * @param port of the first api, default 8080; 0 for any that is free
 * @param restart whether a service that dies is started again
 * @param lines what is shown of what the processes print: only what goes to the log files, or all
 * @param aot whether AOT caches are made and used, where the JDK has them: {@code MILLRACE_AOT}, default on; never of
 *     native executables
 * @param redisUrl {@code REDIS_URL}, an existing Redis to use
 * @param databaseUrl {@code DATABASE_URL}, an existing PostgreSQL to use
 * @param access whether the services ask for tokens: {@code MILLRACE_ACCESS_ENABLED}, default false
 * @param token what the launcher shows them: {@code MILLRACE_TOKEN}, or else {@code MILLRACE_ADMIN_TOKEN}
 */
record UpOptions(
        Programs programs,
        Path home,
        int workers,
        int apis,
        int schedulers,
        int port,
        boolean restart,
        Terminal.Lines lines,
        boolean aot,
        Optional<String> redisUrl,
        Optional<String> databaseUrl,
        boolean access,
        ShownToken token) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MOST_PROCESSES = 50;
    private static final int HIGHEST_PORT = 65_535;

    Path checkout() {
        return programs.checkout();
    }

    /** One of each service on servers of their own and free ports; what dies stays dead. */
    static UpOptions small(Programs programs, Path home) {
        Map<String, String> environment = System.getenv();
        return new UpOptions(
                programs,
                home,
                1,
                1,
                1,
                0,
                false,
                Terminal.Lines.OURS,
                false,
                Optional.empty(),
                Optional.empty(),
                ShownToken.isAsked(environment),
                ShownToken.ofOwnPlatform(environment));
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
                new Programs(checkout, builder.form, builder.worker),
                CommandLine.home(checkout, environment),
                builder.workers,
                builder.apis,
                builder.schedulers,
                builder.port,
                builder.restart,
                builder.lines,
                onOrOff(CommandLine.set(environment, "MILLRACE_AOT").orElse("on")) && builder.form == Form.JVM,
                CommandLine.set(environment, "REDIS_URL"),
                CommandLine.set(environment, "DATABASE_URL"),
                ShownToken.isAsked(environment),
                ShownToken.ofOwnPlatform(environment));
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
        private Form form = Form.JVM;
        private Optional<Path> worker = Optional.empty();
        private boolean restart = true;
        private Terminal.Lines lines = Terminal.Lines.OURS;

        private void take(CommandLine line) {
            switch (line.next()) {
                case "--workers" -> workers = line.number(1, MOST_PROCESSES);
                case "--apis" -> apis = line.number(1, MOST_PROCESSES);
                case "--schedulers" -> schedulers = line.number(1, MOST_PROCESSES);
                case "--port" -> port = line.number(0, HIGHEST_PORT);
                case Form.OPTION -> form = Form.NATIVE;
                case "--worker", "--worker-jar" -> worker = Optional.of(program(line.value(), line.option()));
                case "--no-restart" -> restart = false;
                case "--verbose" -> lines = Terminal.Lines.ALL;
                default -> throw line.unknown();
            }
        }

        private static Path program(String text, String option) {
            Path file = Path.of(text).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file)) {
                throw new CannotStart(option + " takes a built worker, target/quarkus-app/quarkus-run.jar or its"
                        + " native executable; there is no file '" + text + "'.");
            }
            if (Form.of(file) == Form.NATIVE && !Files.isExecutable(file)) {
                throw new CannotStart(option + " takes the jar of a built worker or its native executable; '" + text
                        + "' is neither a jar nor may it be executed.");
            }
            return file;
        }
    }
}
