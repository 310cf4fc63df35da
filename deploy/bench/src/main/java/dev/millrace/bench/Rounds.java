package dev.millrace.bench;

import dev.millrace.bench.measure.CpuTime;
import dev.millrace.bench.peers.Harness;
import dev.millrace.bench.report.Ceilings;
import dev.millrace.bench.report.CountTable;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Table;
import dev.millrace.bench.stack.OwnStack;
import dev.millrace.bench.stack.RunningStack;
import dev.millrace.bench.stack.Target;
import dev.millrace.bench.stack.WorkerLauncher;
import dev.millrace.bench.submit.Submitter;
import dev.millrace.bench.workload.BenchContext;
import dev.millrace.bench.workload.Workload;
import dev.millrace.bench.workload.Workloads;
import dev.millrace.local.run.Programs;
import dev.millrace.local.run.Workshop;
import dev.millrace.time.Time;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Ours, then each peer, and so on: what disturbs the machine for a while disturbs all. Closing ends whatever runs, from any
 * thread.
 */
final class Rounds implements AutoCloseable {

    /** The module of the worker that has the bench's tasks. */
    private static final String WORKER = "deploy/bench/worker";

    private final BenchOptions options;
    private final Time time;
    private final Consumer<String> people;
    private final Consumer<Figure> told;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Tells people how it goes, and {@code told} of each figure. */
    Rounds(BenchOptions options, Time time, Consumer<String> people, Consumer<Figure> told) {
        this.options = options;
        this.time = time;
        this.people = people;
        this.told = told;
    }

    /** Measures all rounds and shows the tables; returns a sentence for each promise and each ceiling that was broken. */
    List<String> run() {
        options.redisServer().ifPresent(program -> say("with the machine's own " + program));
        if (options.aot()) {
            say("with the AOT caches of api and scheduler, as far as there are any");
        }
        if (options.peers().isEmpty()) {
            rounds(this::ours);
        } else {
            besidePeers();
        }
        people.accept("\n" + new Table(figures).text());
        people.accept(new CountTable(figures).text());
        broken.addAll(Ceilings.OURS.broken(figures));
        return List.copyOf(broken);
    }

    private void rounds(IntConsumer round) {
        IntStream.rangeClosed(1, options.rounds()).forEach(round);
    }

    // What peers need is installed once; their servers have nothing to do while ours run.
    private void besidePeers() {
        try (Workshop shop = opened(Workshop.open(options.checkout(), "millrace-bench", time));
                Harness harness = opened(Harness.copy(options.harness().orElseThrow(), shop.folder("peers")))) {
            rounds(round -> {
                ours(round);
                options.peers().forEach(peer -> theirs(harness, peer, round));
            });
        }
    }

    private void ours(int round) {
        say("round " + round + " of " + options.rounds() + ": " + Figure.MILLRACE);
        List<Workload> warm = new ArrayList<>();
        for (Workload workload : options.workloads()) {
            if (!workload.cold()) {
                warm.add(workload);
            } else if (options.url().isEmpty()) {
                ours(List.of(workload), round);
            } else {
                say("a stack that runs already is not cold: " + workload.word() + " is left out");
            }
        }
        if (!warm.isEmpty()) {
            ours(warm, round);
        }
    }

    /** All of them on one stack. */
    private void ours(List<Workload> workloads, int round) {
        try (Workshop shop = opened(Workshop.open(options.checkout(), "millrace-bench", time))) {
            try {
                measure(shop, workloads, round);
            } catch (RuntimeException e) {
                if (!over()) {
                    say("The logs are kept in " + shop.keepForItsLogs() + ".");
                }
                throw e;
            }
        }
    }

    private void measure(Workshop shop, List<Workload> measured, int round) {
        Programs programs = Programs.withTasksOf("bench", WORKER, options.checkout(), options.form());
        Target target = options.url()
                .map(url -> RunningStack.read(url, options.home()))
                .orElseGet(() -> OwnStack.start(shop, programs, options.redisServer(), options.aot()));
        CpuTime cpu = new CpuTime(Path.of("/proc"));
        List<String> queues = options.plan().shape().queueNames();
        try (Submitter submitter = new Submitter(target.api(), options.token());
                BenchContext context = new BenchContext(
                        target, submitter, new WorkerLauncher(shop, programs, target.redisUrl()), cpu, time, queues)) {
            Workloads workloads = new Workloads(context, options.plan(), round, this::add);
            if (options.endedRows() > 0) {
                say("filling the record with " + options.endedRows() + " jobs that have ended");
                workloads.seed(options.endedRows());
            }
            measured.forEach(workloads::run);
            end(workloads);
        }
    }

    private void end(Workloads workloads) {
        if (options.url().isEmpty()) {
            broken.addAll(workloads.check());
        } else {
            workloads.settle();
        }
    }

    private void theirs(Harness harness, String peer, int round) {
        say("round " + round + " of " + options.rounds() + ": " + peer);
        harness.run(peer, options.workloads(), round, this::add);
    }

    private void add(Figure figure) {
        figures.add(figure);
        told.accept(figure);
        figure.values().forEach(value -> say("  %s %s %.2f".formatted(figure.measure(), value.name(), value.number())));
    }

    private void say(String line) {
        people.accept("bench: " + line);
    }

    private synchronized boolean over() {
        return closed;
    }

    private synchronized <C extends AutoCloseable> C opened(C one) {
        if (closed) {
            throw new IllegalStateException("The bench is being stopped.");
        }
        open.push(one);
        return one;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            say("Could not clean up: " + e.getMessage());
        }
    }
}
