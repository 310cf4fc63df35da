package dev.millrace.local;

import dev.millrace.embedded.CannotStart;
import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.run.Program;
import dev.millrace.local.run.Terminal;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Starts programs side by side. */
final class StartTogether {

    private final Terminal terminal;
    private final Time time;

    /** {@code time} measures how long each start takes. */
    StartTogether(Terminal terminal, Time time) {
        this.terminal = terminal;
        this.time = time;
    }

    /**
     * Returns when all are ready, in the order given.
     *
     * @throws CannotStart as soon as one cannot start; the others may still be on their way
     */
    <P extends Program> Map<P, ChildProcess> all(List<P> programs) {
        if (!programs.isEmpty()) {
            terminal.say("starting " + programs.stream().map(Program::name).collect(Collectors.joining(", ")));
        }
        Map<P, CompletableFuture<ChildProcess>> starting = new LinkedHashMap<>();
        CompletableFuture<Void> failure = new CompletableFuture<>();
        for (P program : programs) {
            starting.put(program, start(program, failure));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(starting.values().toArray(CompletableFuture[]::new));
        await(CompletableFuture.anyOf(all, failure));
        Map<P, ChildProcess> ready = new LinkedHashMap<>();
        starting.forEach((program, process) -> ready.put(program, process.join()));
        return ready;
    }

    private CompletableFuture<ChildProcess> start(Program program, CompletableFuture<Void> failure) {
        return CompletableFuture.supplyAsync(
                        () -> started(program), task -> Thread.ofVirtual().start(task))
                .whenComplete((process, problem) -> {
                    if (problem != null) {
                        failure.completeExceptionally(problem);
                    }
                });
    }

    private ChildProcess started(Program program) {
        long began = time.reading();
        ChildProcess process = program.start();
        Duration took = time.since(began);
        terminal.say(
                "%s is ready (process %d, %.1f s)".formatted(program.name(), process.pid(), took.toMillis() / 1e3));
        return process;
    }

    private static void await(CompletableFuture<?> all) {
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
