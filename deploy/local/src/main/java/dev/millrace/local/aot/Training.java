package dev.millrace.local.aot;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.home.Home;
import dev.millrace.local.run.Children;
import dev.millrace.local.run.Terminal;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the making of caches, as a process of the lowest priority that brings up a platform of its own for a minute or two.
 * It ends with the launcher; what is not whole by then is made the next time.
 */
public final class Training {

    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final String LOWEST = "19";

    private final AotCaches caches;
    private final Path checkout;
    private final Home home;
    private final String program;

    /**
     * Nothing is started yet.
     *
     * @param home of the launcher; that of the training lies in it
     * @param program the class whose {@code main} makes the caches, given the training's home
     */
    public Training(AotCaches caches, Path checkout, Home home, String program) {
        this.caches = caches;
        this.checkout = checkout;
        this.home = home;
        this.program = program;
    }

    /** Starts it if a cache is missing, and returns at once. What goes wrong is no concern of the caller's. */
    public void startIfWanted(Children children, Terminal terminal) {
        try {
            if (!caches.wanted().isEmpty()) {
                children.adopt("java", ChildProcess.start("training", command(), Map.of(), terminal::say));
            }
        } catch (CannotStart | UncheckedIOException unable) {
            terminal.say("Services will not start faster the next time: " + unable.getMessage());
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", LOWEST));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlocal.home=" + home.folder(),
                "-Dmillrace.checkout=" + checkout,
                "-cp",
                System.getProperty("java.class.path"),
                program,
                home.training().folder().toString()));
        return command;
    }
}
