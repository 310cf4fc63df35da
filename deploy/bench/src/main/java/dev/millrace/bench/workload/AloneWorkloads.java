package dev.millrace.bench.workload;

import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.measure.Spread;
import dev.millrace.bench.report.Value;
import dev.millrace.bench.stack.WorkerPool;
import dev.millrace.bench.submit.Bodies;
import dev.millrace.bench.submit.Listeners;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the workloads whose jobs come one by one, or are watched so. */
final class AloneWorkloads {

    private static final String NOOP = "bench.noop";
    private static final int CLIENTS = 32;
    private static final Duration CLIENTS_FOR = Duration.ofSeconds(10);

    /** Below it are the numbers of other stamps. */
    private static final long FIRST_WATCHED = 2_000_000;

    private final BenchContext context;
    private final Plan plan;
    private final Told told;
    private @Nullable WorkerPool warmByClients;

    AloneWorkloads(BenchContext context, Plan plan, Told told) {
        this.context = context;
        this.plan = plan;
        this.told = told;
    }

    /** Jobs that come alone take other ways, which are to be warm too. */
    private void warmByClients(WorkerPool pool) {
        if (!pool.equals(warmByClients)) {
            submitByClients(pool);
            warmByClients = pool;
        }
    }

    void coldClients() {
        clients("clients-cold");
    }

    void clients() {
        warmByClients(context.warm(plan, plan.pool()));
        clients("clients");
    }

    private void clients(String measure) {
        WorkerPool pool = context.withWorkers(plan.pool());
        Meter meter = context.meter();
        Submitted submitted = submitByClients(pool);
        told.tell(
                measure,
                submitted.jobs(),
                List.of(Told.rate(submitted.jobs() / submitted.seconds())),
                meter.end(submitted.jobs()),
                plan.withClients(CLIENTS));
    }

    private record Submitted(long jobs, double seconds) {}

    /** For 10 s; returns when all have run. */
    private Submitted submitByClients(WorkerPool pool) {
        long before = pool.records().count();
        long ended = context.ended(NOOP);
        long began = context.time().stamp();
        long until = began + CLIENTS_FOR.toNanos();
        long jobs = context.submitter().singleWhile(() -> context.time().stamp() < until, plan.shape()::job, CLIENTS);
        double seconds = Told.seconds(began, context.time().stamp());
        context.awaitCount(pool, before + jobs);
        context.awaitEnded(NOOP, ended + jobs);
        return new Submitted(jobs, seconds);
    }

    void latency() {
        WorkerPool pool = context.warm(plan, plan.pool());
        warmByClients(pool);
        latency("latency-start", pool, OpenLoop.Until.ACCEPTED, 0);
        latency("latency-result", pool, OpenLoop.Until.RESULT, plan.paced());
    }

    private void latency(String measure, WorkerPool pool, OpenLoop.Until until, long first) {
        OpenLoop loop = new OpenLoop(context.submitter(), context.time(), plan.every(), until);
        loop.warm();
        Meter meter = context.meter();
        loop.submit(first, first + plan.paced());
        context.until("all to start", pool, () -> loop.haveRun(pool.records().stamps()));
        List<Value> spreads = loop.spreads(pool.records().stamps());
        told.tell(measure, plan.paced(), spreads, meter.end(plan.paced()), plan);
    }

    void single() {
        context.withoutWorkers(plan.pool());
        Meter meter = context.meter();
        long began = context.time().stamp();
        long jobs = context.submitter().single(plan.singles(), plan.shape()::job, 1);
        double seconds = Told.seconds(began, context.time().stamp());
        context.left(jobs);
        told.tell("single-submit", jobs, List.of(Told.rate(jobs / seconds)), meter.end(jobs), plan.withClients(1));
    }

    // All jobs begin together, when everybody listens.
    void listeners() {
        WorkerPool pool = context.warm(plan, plan.pool());
        List<UUID> jobs =
                Stream.generate(UUID::randomUUID).limit(plan.listeners()).toList();
        context.pause();
        context.submitter()
                .bulk(jobs.size(), number -> Bodies.stampOf(jobs.get((int) number), FIRST_WATCHED + number), 1);
        try (Listeners listeners = context.submitter().listen(context.time(), jobs)) {
            context.until("everybody to listen", pool, listeners::ready);
            Meter meter = context.meter();
            context.resume();
            context.until("everybody to be told", pool, listeners::done);
            told.tell("listeners", jobs.size(), spreads(listeners, pool), meter.end(jobs.size()), plan);
        }
    }

    private static List<Value> spreads(Listeners listeners, WorkerPool pool) {
        Map<Long, Long> started = pool.records().stamps();
        Map<Long, Long> ends = listeners.told();
        Spread late = Spread.ofNanos(ends.entrySet().stream()
                .map(one -> one.getValue() - started.getOrDefault(FIRST_WATCHED + one.getKey(), Long.MAX_VALUE))
                .toList());
        return List.of(
                Value.cost("toldP50Ms", late.p50()),
                Value.cost("toldP99Ms", late.p99()),
                Value.rate("told", ends.size()));
    }
}
