package dev.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * PostgreSQL's programs. They refuse to run as root; under root each runs in a user namespace of its own, where it is
 * nobody and root's files are nobody's.
 */
final class PostgresPrograms {

    private static final Duration INITDB = Duration.ofSeconds(60);
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    private PostgresPrograms() {}

    /**
     * Makes a data folder unless there is one. It is made beside its place and moved there when it is whole, so that a
     * start that was killed leaves none that is half made.
     */
    static void initialise(EmbeddedPostgres.Options options) {
        Path folder = options.folder();
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            return;
        }
        try {
            Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
            Files.createDirectories(folder.getParent());
            Trees.delete(fresh);
            initdb(fresh, options);
            Files.deleteIfExists(folder);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CannotStart("Cannot make PostgreSQL's data folder " + folder + ": " + e + ".", e);
        }
    }

    /** The server itself. */
    static ChildProcess postgres(List<String> arguments, Consumer<String> log) {
        List<String> command = command("postgres");
        command.addAll(arguments);
        return ChildProcess.start("postgres", command, Map.of("LC_ALL", "C"), log);
    }

    private static void initdb(Path folder, EmbeddedPostgres.Options options) {
        List<String> command = command("initdb");
        command.addAll(List.of("-D", folder.toString(), "-U", "postgres", "-A", "trust"));
        command.addAll(List.of("-E", "UTF8", "--locale=C", "--no-instructions"));
        if (!options.durable()) {
            command.add("--no-sync");
        }
        ChildProcess initdb = ChildProcess.start("initdb", command, Map.of("LC_ALL", "C"), line -> {});
        options.launched().accept(initdb);
        boolean inTime = initdb.endsWithin(INITDB);
        initdb.kill();
        if (!inTime || !"exit code 0".equals(initdb.ending())) {
            throw new CannotStart("PostgreSQL could not make its data folder " + folder + " (" + initdb.ending()
                    + "); it said: " + String.join(" | ", initdb.lastLines()) + hint());
        }
    }

    private static List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if (isRoot() && Files.isExecutable(UNSHARE)) {
            command.addAll(Arrays.asList(UNSHARE.toString(), "-U"));
        }
        command.add(Binaries.postgres().resolve("bin").resolve(program).toString());
        return command;
    }

    private static String hint() {
        return isRoot() ? " (PostgreSQL does not run as root: use another user, or a server by DATABASE_URL)" : "";
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
