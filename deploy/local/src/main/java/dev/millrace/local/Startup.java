package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.embedded.Trees;
import dev.millrace.local.aot.AotCaches;
import dev.millrace.local.home.Home;
import dev.millrace.local.home.HomeLock;
import dev.millrace.local.run.CommandLine;
import dev.millrace.local.run.Footprint;
import dev.millrace.local.run.Form;
import dev.millrace.local.run.Http;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Role;
import dev.millrace.local.run.Service;
import dev.millrace.local.run.ShownToken;
import dev.millrace.local.run.Terminal;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The program behind {@code ./millrace startup}: how long each service takes from the start of its process until it is
 * ready, what memory it holds 5 s later when it has nothing to do, and what the first 5,000 jobs cost it in processor time
 * and leave it with in memory. On a JVM, with an AOT cache where there is one, and natively, in turns, each time on a
 * platform of its own; one JSON line for each service, on stdout.
 */
public final class Startup {

    private static final int RUNS = 5;
    private static final int MOST_RUNS = 100;
    private static final Duration IDLE = Duration.ofSeconds(5);

    /**
     * One way in which services are run.
     *
     * @param key as in the lines that are printed
     * @param options of a role's process, besides those that it always has
     */
    private record How(String key, Form form, Function<Role, List<String>> options) {}

    /** A service's process, and what it has cost until it was ready. */
    private record Started(Service service, ChildProcess process, Duration ready, Footprint then) {

        private Footprint now() {
            if (!process.isAlive()) {
                throw new CannotStart(
                        service.name() + " ended with " + process.ending() + " while it was measured: see its log.");
            }
            return Footprint.of(process.pid());
        }
    }

    private final Path checkout;
    private final Time time;
    private final AtomicReference<@Nullable Stack> open = new AtomicReference<>();

    private Startup(Path checkout, Time time) {
        this.checkout = checkout;
        this.time = time;
    }

    /** {@code --native} for rows of executables too, and the number of runs, default 5. */
    public static void main(String[] arguments) {
        try {
            Startup startup = new Startup(CommandLine.checkout(), TimeWiring.ofThisMachine());
            Runtime.getRuntime().addShutdownHook(new Thread(startup::stop, "stop"));
            startup.measure(List.of(arguments));
        } catch (CannotStart e) {
            CommandLine.fail(e.sentence());
        } catch (IOException e) {
            CommandLine.fail("A file could not be read or written: " + e);
        }
        System.exit(0);
    }

    private void measure(List<String> arguments) throws IOException {
        boolean natively = arguments.contains(Form.OPTION);
        List<String> rest =
                arguments.stream().filter(word -> !word.equals(Form.OPTION)).toList();
        CommandLine line = new CommandLine("startup", "./millrace help", rest);
        int runs = line.hasNext() ? line.number(1, MOST_RUNS) : RUNS;
        List<How> ways = ways(natively);
        ways.forEach(how -> List.of(Role.values()).forEach(programs(how)::of));
        for (int run = 1; run <= runs; run++) {
            for (How how : ways) {
                measure(run, how);
            }
        }
    }

    private List<How> ways(boolean natively) {
        AotCaches caches = AotCaches.ofThisJdk(checkout);
        List<How> ways = new ArrayList<>(List.of(new How("jvm", Form.JVM, role -> List.of())));
        if (List.of(Role.values()).stream()
                .noneMatch(role -> caches.optionsOf(role).isEmpty())) {
            ways.add(new How("jvm+aot", Form.JVM, caches::optionsOf));
        }
        if (natively) {
            ways.add(new How("native", Form.NATIVE, role -> List.of()));
        }
        return ways;
    }

    private void measure(int run, How how) throws IOException {
        Home home = new Home(Files.createTempDirectory("millrace-startup"));
        home.prepare(Home.ROOM_IN_BYTES);
        UpOptions options = UpOptions.small(programs(how), home.folder());
        Stack stack = new Stack(options, home, HomeLock.take(home), Terminal.unread(home), time, how.options());
        open.set(stack);
        measure(run, how, stack);
        stack.close();
        Trees.delete(home.folder());
    }

    private void measure(int run, How how, Stack stack) {
        List<Started> all = stack.upToServices().stream().map(this::started).toList();
        Http http = new Http(ShownToken.ofOwnPlatform(System.getenv()));
        new Registration(http, processes(all), time).await();
        time.rest(IDLE);
        List<Footprint> idle = all.stream().map(Started::now).toList();
        new FirstJobs(http, all.getFirst().service().url(), time).run();
        for (int i = 0; i < all.size(); i++) {
            System.out.println(row(run, how, all.get(i), idle.get(i), all.get(i).now()));
        }
    }

    private Programs programs(How how) {
        return new Programs(checkout, how.form(), Optional.empty());
    }

    private Started started(Service service) {
        long began = time.reading();
        ChildProcess process = service.start();
        Duration ready = time.since(began);
        return new Started(service, process, ready, Footprint.of(process.pid()));
    }

    private static Map<Service, ChildProcess> processes(List<Started> all) {
        Map<Service, ChildProcess> processes = new LinkedHashMap<>();
        all.forEach(one -> processes.put(one.service(), one.process()));
        return processes;
    }

    private static String row(int run, How how, Started started, Footprint idle, Footprint after) {
        return String.format(
                Locale.ROOT,
                "{\"service\":\"%s\",\"how\":\"%s\",\"run\":%d,\"readyMs\":%d,\"cpuMs\":%d,"
                        + "\"idleRssMb\":%.1f,\"idlePssMb\":%.1f,"
                        + "\"jobs\":%d,\"jobsCpuMs\":%d,\"afterRssMb\":%.1f,\"afterPssMb\":%.1f}",
                started.service().role().key(),
                how.key(),
                run,
                started.ready().toMillis(),
                started.then().cpu().toMillis(),
                idle.rssMb(),
                idle.pssMb(),
                FirstJobs.NUMBER,
                after.cpu().minus(idle.cpu()).toMillis(),
                after.rssMb(),
                after.pssMb());
    }

    private void stop() {
        Stack stack = open.get();
        if (stack != null) {
            stack.close();
        }
    }
}
