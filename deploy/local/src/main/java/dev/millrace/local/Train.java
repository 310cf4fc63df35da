package dev.millrace.local;

import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Trees;
import dev.millrace.local.aot.AotCache;
import dev.millrace.local.aot.AotCaches;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.HomeLock;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Http;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.ShownToken;
import dev.millrace.local.run.Terminal;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The program that makes the AOT caches that are missing: it runs the services on servers of their own, gives them some
 * work, and has the JDK make a cache of what it recorded meanwhile. Of two at once on a checkout, one does nothing.
 *
 * <p>It prints one line at its end, and may be ended at any moment: a cache is there whole, or not at all.
 */
public final class Train {

    private static final Duration RECORDED = Duration.ofSeconds(90);
    private static final Duration MADE = Duration.ofMinutes(2);

    private final Time time = TimeWiring.ofThisMachine();
    private final Path checkout;
    private final Home home;
    private final Map<Role, AotCache> missing = new EnumMap<>(Role.class);
    private final Stack stack;
    private volatile boolean stopping;

    private Train(Path checkout, Home home, AotCaches caches) {
        this.checkout = checkout;
        this.home = home;
        for (Role role : Role.values()) {
            AotCache cache = caches.of(role);
            if (cache.wanted()) {
                missing.put(role, cache);
            }
        }
        Terminal unread = Terminal.unread(home);
        this.stack = new Stack(
                UpOptions.small(Programs.shipped(checkout), home.folder()),
                home,
                HomeLock.take(home),
                unread,
                time,
                role -> missing.containsKey(role) ? missing.get(role).recordingOptions() : caches.optionsOf(role));
    }

    /** The first argument is the folder to work in, which is emptied. */
    public static void main(String[] arguments) throws IOException {
        Path checkout = CommandLine.checkout();
        Path lock = Files.createDirectories(checkout.resolve("target")).resolve("aot.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            if (mine != null) {
                begin(checkout, Path.of(arguments[0]));
            }
        }
        System.exit(0);
    }

    private static void begin(Path checkout, Path folder) throws IOException {
        Trees.delete(folder);
        Home home = new Home(folder);
        home.prepare(Home.ROOM_IN_BYTES);
        Train train = new Train(checkout, home, AotCaches.ofThisJdk(checkout));
        Runtime.getRuntime().addShutdownHook(new Thread(train::stop, "stop"));
        train.run();
    }

    private void run() throws IOException {
        if (missing.isEmpty()) {
            return;
        }
        long began = time.reading();
        try {
            record();
            make();
            Trees.delete(home.folder());
            say("Services start faster from now on: their AOT caches were made, in "
                    + time.since(began).toSeconds() + " s.");
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private void record() throws IOException {
        for (AotCache cache : missing.values()) {
            Files.createDirectories(cache.folder());
        }
        stack.up();
        new Exercise(new Http(ShownToken.of(System.getenv())), stack.api(), stack.samples(), time).run();
        // They write down what they did when they end, which takes longer than an end may take for a person.
        stack.services().values().forEach(process -> process.stop(Signal.TERM, RECORDED));
        stack.close();
    }

    private void make() throws IOException {
        for (Map.Entry<Role, AotCache> one : missing.entrySet()) {
            if (!stopping) {
                one.getValue().make(one.getKey(), checkout, home.folder(), MADE);
            }
        }
    }

    private void failed(Exception failure) {
        if (stopping) {
            return;
        }
        missing.values().stream().filter(cache -> !cache.made()).forEach(cache -> mark(cache, failure));
        say("Services start as fast as before, for no AOT cache could be made: " + failure + ". See " + home.logs()
                + ".");
    }

    // Where not even a mark can be left, it is tried again by the next launcher.
    private static void mark(AotCache cache, Exception failure) {
        try {
            cache.markFailed(failure.toString());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    // A half-recorded service has nothing to hand back; the servers end in good order, for they leave shared memory.
    private void stop() {
        stopping = true;
        stack.services().values().forEach(ChildProcess::kill);
        stack.close();
    }

    private void say(String line) {
        if (!stopping) {
            System.out.println(line);
        }
    }
}
