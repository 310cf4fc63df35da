package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The process that ends a launcher's children when the launcher cannot. It is a shell that waits for the end of a pipe
 * which this process alone can write to, so that the system ends it with this process, whatever that dies of. Only then
 * it becomes a program, which ends what the ledger names, within 10 seconds.
 */
public final class Watchdog implements AutoCloseable {

    /** A line is the word of a launcher that has ended everything itself. Ctrl-C is meant for the launcher. */
    private static final String WAIT = "trap '' INT HUP; read -r word && exit; exec \"$@\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /**
     * Starts one for this process.
     *
     * @param terminal whose log {@code watchdog} says what was ended
     * @throws CannotStart if there is no shell
     */
    static Watchdog over(Home home, Terminal terminal) {
        ProcessBuilder builder = new ProcessBuilder(ChildProcess.inOwnSession(command(home)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        terminal.file("watchdog").toFile()));
        try {
            return new Watchdog(builder.start());
        } catch (IOException e) {
            throw new CannotStart("Could not start the watchdog: " + e.getMessage() + ".", e);
        }
    }

    private static List<String> command(Home home) {
        return List.of(
                "/bin/sh",
                "-c",
                WAIT,
                "watchdog",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Watchdog.class.getName(),
                home.folder().toString(),
                Long.toString(ProcessHandle.current().pid()));
    }

    /** The program: the arguments are the home and the process id of the launcher that is gone. */
    public static void main(String[] arguments) {
        Home home = new Home(Path.of(arguments[0]));
        List<Ledger.Entry> left = new Ledger(home).runningOf(Long.parseLong(arguments[1]));
        System.out.println("The launcher (process " + arguments[1] + ") is gone; ending what it left: "
                + left.stream().map(Ledger.Entry::name).collect(Collectors.joining(", ")) + ".");
        new Ending(left).run();
    }

    /** Ends it, once there is nothing left to end. */
    @Override
    public void close() {
        try (OutputStream word = shell.getOutputStream()) {
            word.write('\n');
        } catch (IOException e) {
            // It has been told before, or was killed: either way it is about to be gone.
        }
        shell.onExit().join();
    }
}
