package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Trees;
import dev.millrace.local.aot.AotCaches;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.HomeLock;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Footprint;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Service;
import dev.millrace.local.run.Terminal;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The program behind {@code ./millrace startup}: how long each service takes from the start of its process until it is
 * ready, and what memory it holds 5 s later when it has nothing to do. With and without AOT cache in turns, as one more
 * process beside a platform of its own; one JSON line a run, on stdout.
 */
public final class Startup {

    private static final int RUNS = 5;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration ENDED = Duration.ofSeconds(10);

    private final Stack stack;
    private final AotCaches caches;
    private final Time time;

    private Startup(Stack stack, AotCaches caches, Time time) {
        this.stack = stack;
        this.caches = caches;
        this.time = time;
    }

    /** The only argument, if any, is the number of runs, default 5. */
    public static void main(String[] arguments) throws IOException {
        Path checkout = CommandLine.checkout();
        Home home = new Home(Files.createTempDirectory("millrace-startup"));
        home.prepare(Home.ROOM_IN_BYTES);
        AotCaches caches = AotCaches.ofThisJdk(checkout);
        Time time = TimeWiring.ofThisMachine();
        Terminal unread = Terminal.unread(home);
        Stack stack = new Stack(
                UpOptions.small(checkout, home.folder()), home, HomeLock.take(home), unread, time, caches::optionsOf);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        stack.up();
        new Startup(stack, caches, time).measure(arguments.length == 0 ? RUNS : Integer.parseInt(arguments[0]));
        stack.close();
        Trees.delete(home.folder());
        System.exit(0);
    }

    private void measure(int runs) {
        for (int run = 1; run <= runs; run++) {
            for (Role role : Role.values()) {
                measure(run, role, "jvm", List.of());
                List<String> cached = caches.optionsOf(role);
                if (!cached.isEmpty()) {
                    measure(run, role, "jvm+aot", cached);
                }
            }
        }
    }

    private void measure(int run, Role role, String how, List<String> jvmOptions) {
        Service service = stack.another(role, jvmOptions);
        long began = time.reading();
        ChildProcess process = service.start();
        Duration ready = time.since(began);
        Footprint started = Footprint.of(process.pid());
        if (process.endsWithin(IDLE)) {
            throw new CannotStart(service.name() + " ended with " + process.ending() + " while it should be idle.");
        }
        Footprint idle = Footprint.of(process.pid());
        process.stop(Signal.TERM, ENDED);
        System.out.printf(
                Locale.ROOT,
                "{\"service\":\"%s\",\"how\":\"%s\",\"run\":%d,\"readyMs\":%d,\"cpuMs\":%d,\"idleRssMb\":%.1f,\"idlePssMb\":%.1f}%n",
                role.key(),
                how,
                run,
                ready.toMillis(),
                started.cpu().toMillis(),
                idle.rssMb(),
                idle.pssMb());
    }
}
