package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.local.aot.AotCaches;
import dev.millrace.local.aot.Training;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.HomeLock;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Terminal;
import dev.millrace.time.TimeWiring;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * The program behind {@code ./millrace up}. It runs until a signal ends it; a start that fails says why in one line on
 * stderr, leaves nothing running and exits with 1.
 *
 * <p>The system property {@code millrace.checkout} names the checkout; without it, it is the working directory.
 */
public final class Up {

    private Up() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(UpOptions.parse(CommandLine.checkout(), List.of(arguments), System.getenv()));
        } catch (CannotStart e) {
            CommandLine.fail(e.sentence());
        } catch (UncheckedIOException e) {
            CommandLine.fail("A file could not be read or written: " + e.getCause());
        }
    }

    private static void run(UpOptions options) throws InterruptedException {
        Home home = new Home(options.home());
        home.prepare(Home.ROOM_IN_BYTES);
        HomeLock lock = HomeLock.take(home);
        Terminal terminal = new Terminal(System.out, home, options.lines());
        AotCaches caches = AotCaches.ofThisJdk(options.checkout());
        boolean aot = options.aot() && AotCaches.supported();
        Function<Role, List<String>> more =
                role -> aot && options.programs().ships(role) ? caches.optionsOf(role) : List.of();
        try (Stack stack = new Stack(options, home, lock, terminal, TimeWiring.ofThisMachine(), more)) {
            closeOnSignal(stack);
            bringUp(stack);
            if (aot) {
                stack.train(new Training(caches, options.checkout(), home, Train.class.getName()));
            }
            awaitTheEnd();
        }
    }

    private static void bringUp(Stack stack) throws InterruptedException {
        try {
            stack.up();
        } catch (RuntimeException e) {
            // Stopped by a person in the middle: what fails for that is no failure to tell.
            if (stack.closed()) {
                awaitTheEnd();
            }
            throw e;
        }
    }

    private static void closeOnSignal(Stack stack) {
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
    }

    // A signal ends this process by its hook, not by this method's return.
    private static void awaitTheEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
