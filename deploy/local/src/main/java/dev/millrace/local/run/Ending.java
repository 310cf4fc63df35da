package dev.millrace.local.run;

import dev.millrace.embedded.ChildProcess.Signal;
import dev.millrace.embedded.Signals;
import dev.millrace.local.home.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Ends processes of ours, children or an earlier launcher's: first the services, which hand back what they hold and need
 * the servers for it, then the servers. Each is asked, and killed if it takes too long.
 */
public final class Ending {

    /** Workers have a grace of 2 s. */
    private static final Duration SERVICES = Duration.ofMillis(2_800);

    private static final Duration SERVERS = Duration.ofMillis(1_500);
    /** It ends both first. */
    private static final Duration LAUNCHER = Duration.ofSeconds(6);

    private static final String LAUNCHERS = "java";
    private static final String POSTGRES = "postgres";
    /** All others are services, which may be executables of any name. */
    private static final Set<String> SERVER_PROGRAMS = Set.of("redis-server", POSTGRES, "initdb");

    private final List<Ledger.Entry> entries;

    public Ending(List<Ledger.Entry> entries) {
        this.entries = entries;
    }

    /** Returns when none of them runs any more, after 4.5 s at most. */
    public void run() {
        end(entries.stream().filter(entry -> !isServer(entry)).toList(), SERVICES);
        end(entries.stream().filter(Ending::isServer).toList(), SERVERS);
    }

    /** Ends a launcher, which ends its children; if it takes longer than 6 s, by force, and them too. */
    static void ofLauncher(long pid) {
        end(List.of(new Ledger.Entry(pid, LAUNCHERS, "launcher")), LAUNCHER);
    }

    private static boolean isServer(Ledger.Entry entry) {
        return SERVER_PROGRAMS.contains(entry.program());
    }

    private static void end(List<Ledger.Entry> entries, Duration deadline) {
        List<ProcessHandle> processes = entries.stream().flatMap(Ending::family).toList();
        entries.forEach(Ending::ask);
        if (!ended(processes, deadline)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            ended(processes, SERVERS);
        }
    }

    // With those that it started itself: the sessions of a killed PostgreSQL outlive it for a moment.
    private static Stream<ProcessHandle> family(Ledger.Entry entry) {
        return ProcessHandle.of(entry.pid()).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }

    private static void ask(Ledger.Entry entry) {
        // On SIGTERM PostgreSQL would wait for its clients to go.
        Signals.send(entry.pid(), POSTGRES.equals(entry.program()) ? Signal.INT : Signal.TERM);
        // One that was paused would not see the signal before it is woken.
        Signals.send(entry.pid(), Signal.CONT);
    }

    private static boolean ended(List<ProcessHandle> processes, Duration deadline) {
        CompletableFuture<?>[] exits =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(exits).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for a process to end failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
