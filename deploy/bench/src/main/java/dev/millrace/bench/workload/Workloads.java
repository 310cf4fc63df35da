package dev.millrace.bench.workload;

import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.measure.Usage;
import dev.millrace.bench.records.Calls;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Value;
import dev.millrace.bench.stack.PoolSize;
import dev.millrace.bench.stack.WorkerPool;
import dev.millrace.bench.submit.Bodies;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs workloads, and tells each figure as soon as it is there. */
public final class Workloads {

    private static final String NOOP = "bench.noop";
    private static final int SLEEPERS = 2_000;
    private static final int SLEEP_MS = 100;
    private static final int IO_SLOTS = 1_000;
    private static final int CROWD = 50;
    private static final int CLIENTS = 32;
    private static final Duration CLIENTS_FOR = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(30);

    /** So many jobs of a band at least lie in Redis before more wait in PostgreSQL. */
    private static final long WINDOW = 90_000;

    private static final int FIRING = 1_000;
    private static final Duration WATCHED = Duration.ofSeconds(20);

    private final BenchContext context;
    private final Plan plan;
    private final int round;
    private final Consumer<Figure> figures;
    private @Nullable WorkerPool warmByClients;

    public Workloads(BenchContext context, Plan plan, int round, Consumer<Figure> figures) {
        this.context = context;
        this.plan = plan;
        this.round = round;
        this.figures = figures;
    }

    public void run(Workload workload) {
        context.settle(plan.pool());
        switch (workload) {
            case COLD -> cold();
            case COLD_CLIENTS -> clients("clients-cold");
            case BACKLOG -> backlog();
            case E2E -> endToEnd();
            case CLIENTS -> {
                warmByClients(warm(plan.pool()));
                clients("clients");
            }
            case LATENCY -> latency();
            case DELAY -> delay();
            case IO -> io();
            case SINGLE -> single();
            case IDLE -> quiet();
            case SCHEDULES -> schedules();
        }
    }

    /** Leaves nothing behind that a worker of the bench would have to run. */
    public void settle() {
        context.settle(plan.pool());
    }

    private void cold() {
        WorkerPool pool = context.withWorkers(plan.pool());
        endToEnd("end-to-end-cold", pool, plan.cold());
    }

    // Submits while nothing may start: workers are there and warm, and begin together.
    private void backlog() {
        WorkerPool pool = warm(plan.pool());
        long ran = pool.records().count();
        long ended = context.ended(NOOP);
        context.pause();
        submitInBulk();
        drain(pool, ran, ended);
    }

    // The jobs are accepted before they lie in Redis, which is waited for: it is a part of what a submit costs.
    private void submitInBulk() {
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().bulk(plan.jobs(), Bodies::noop, plan.clients());
        double seconds = seconds(began, context.time().stamp());
        context.awaitQueued(Math.min(plan.jobs(), WINDOW));
        tell("bulk-submit", plan.jobs(), List.of(rate(plan.jobs() / seconds)), meter.end(plan.jobs()), plan);
    }

    private void drain(WorkerPool pool, long ran, long ended) {
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.resume();
        Calls calls = context.awaitCount(pool, ran + plan.jobs());
        context.awaitEnded(NOOP, ended + plan.jobs());
        tell("drain", plan.jobs(), rates(plan.jobs(), began, calls), meter.end(plan.jobs()), plan);
    }

    private void endToEnd() {
        endToEnd("end-to-end", warm(plan.pool()), plan.jobs());
    }

    private void endToEnd(String measure, WorkerPool pool, long jobs) {
        long before = pool.records().count();
        long ended = context.ended(NOOP);
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().bulk(jobs, Bodies::noop, plan.clients());
        Calls calls = context.awaitCount(pool, before + jobs);
        context.awaitEnded(NOOP, ended + jobs);
        tell(measure, jobs, rates(jobs, began, calls), meter.end(jobs), plan);
    }

    /** To the last call, and until all ends are recorded, which is now. */
    private List<Value> rates(long jobs, long began, Calls calls) {
        return List.of(
                rate(jobs / seconds(began, calls.last())),
                Value.rate(
                        "recordedPerSecond",
                        jobs / seconds(began, context.time().stamp())));
    }

    /** Workers of this size, which have run as many jobs as it takes to be warm. */
    private WorkerPool warm(PoolSize size) {
        WorkerPool pool = context.withWorkers(size);
        long before = pool.records().count();
        long missing = plan.warm() - before;
        if (missing > 0) {
            long ended = context.ended(NOOP);
            context.submitter().bulk(missing, Bodies::noop, plan.clients());
            context.awaitCount(pool, plan.warm());
            context.awaitEnded(NOOP, ended + missing);
        }
        return pool;
    }

    /** Jobs that come alone take other ways, which are to be warm too. */
    private void warmByClients(WorkerPool pool) {
        if (!pool.equals(warmByClients)) {
            submitByClients(pool);
            warmByClients = pool;
        }
    }

    private void clients(String measure) {
        WorkerPool pool = context.withWorkers(plan.pool());
        Meter meter = context.meter();
        Submitted submitted = submitByClients(pool);
        tell(
                measure,
                submitted.jobs(),
                List.of(rate(submitted.jobs() / submitted.seconds())),
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
        long jobs = context.submitter().singleWhile(() -> context.time().stamp() < until, Bodies::noop, CLIENTS);
        double seconds = seconds(began, context.time().stamp());
        context.awaitCount(pool, before + jobs);
        context.awaitEnded(NOOP, ended + jobs);
        return new Submitted(jobs, seconds);
    }

    private void latency() {
        WorkerPool pool = warm(plan.pool());
        warmByClients(pool);
        latency("latency-start", pool, OpenLoop.Until.ACCEPTED, 0);
        latency("latency-result", pool, OpenLoop.Until.RESULT, OpenLoop.JOBS);
    }

    private void latency(String measure, WorkerPool pool, OpenLoop.Until until, long first) {
        OpenLoop loop = new OpenLoop(context.submitter(), context.time(), OpenLoop.EVERY, until);
        loop.warm();
        Meter meter = context.meter();
        loop.submit(first, first + OpenLoop.JOBS);
        context.until("all to start", pool, () -> loop.haveRun(pool.records().stamps()));
        List<Value> spreads = loop.spreads(pool.records().stamps());
        tell(measure, OpenLoop.JOBS, spreads, meter.end(OpenLoop.JOBS), plan);
    }

    private void io() {
        PoolSize size = plan.pool().withSlots(IO_SLOTS);
        WorkerPool pool = context.withWorkers(size);
        Meter meter = context.meter();
        long before = pool.records().count();
        long began = context.time().stamp();
        context.submitter().bulk(SLEEPERS, Bodies.sleep(SLEEP_MS), 1);
        Calls calls = context.awaitCount(pool, before + SLEEPERS);
        List<Value> values = List.of(Value.cost("seconds", seconds(began, calls.last())));
        tell("io", SLEEPERS, values, meter.end(SLEEPERS), plan.withPool(size));
    }

    private void delay() {
        WorkerPool pool = warm(plan.pool());
        DueTogether due = new DueTogether(context.submitter(), context.time(), plan.delayed());
        Meter meter = context.meter();
        due.submit(plan.clients());
        context.until(plan.delayed() + " delayed jobs to run", pool, () -> due.haveRun(pool.records()::stamps));
        tell("delay", plan.delayed(), due.lateness(pool.records().stamps()), meter.end(plan.delayed()), plan);
    }

    private void single() {
        context.withoutWorkers(plan.pool());
        Meter meter = context.meter();
        long began = context.time().stamp();
        long jobs = context.submitter().single(plan.singles(), Bodies::noop, 1);
        double seconds = seconds(began, context.time().stamp());
        context.left(jobs);
        tell("single-submit", jobs, List.of(rate(jobs / seconds)), meter.end(jobs), plan.withClients(1));
    }

    private void quiet() {
        context.withWorkers(plan.pool());
        context.time().rest(SETTLED);
        Meter meter = context.meter();
        context.time().rest(QUIET);
        Usage perSecond = meter.end(QUIET.toSeconds());
        List<Value> values = List.of(Value.cost("cpuPercent", perSecond.total() / 1e4));
        tell("idle-second", QUIET.toSeconds(), values, perSecond, plan);
    }

    private void schedules() {
        context.withoutWorkers(plan.pool());
        Timetable table = new Timetable(context.submitter(), CROWD);
        made("schedules-create", plan.schedules(), table::hourly);
        idle(plan.schedules());
        fire(table);
        made("schedules-remove", plan.schedules(), table::removeHourly);
    }

    private void made(String measure, long schedules, LongConsumer work) {
        Meter meter = context.meter();
        long began = context.time().stamp();
        work.accept(schedules);
        double seconds = seconds(began, context.time().stamp());
        tell(measure, schedules, List.of(rate(schedules / seconds)), meter.end(schedules), plan.withClients(CROWD));
    }

    // Of what is due in an hour nobody should notice anything.
    private void idle(long schedules) {
        Meter meter = context.meter();
        context.time().rest(WATCHED);
        Usage usage = meter.end(schedules);
        double micros = usage.cpuMicrosPerJob().getOrDefault("scheduler", 0.0) * schedules;
        List<Value> values = List.of(
                Value.cost("schedulerCpuPercent", 100 * micros / (WATCHED.toMillis() * 1e3)),
                Value.cost("schedulerMemoryMiB", context.memoryMiB("scheduler")));
        tell("schedules-idle", schedules, values, usage, plan);
    }

    private void fire(Timetable table) {
        WorkerPool pool = context.withWorkers(plan.pool());
        table.everySecond(FIRING);
        context.awaitCount(pool, pool.records().count() + FIRING);
        Meter meter = context.meter();
        long before = pool.records().count();
        long began = context.time().stamp();
        context.time().rest(WATCHED);
        long fired = pool.records().count() - before;
        double perSecond = fired / seconds(began, context.time().stamp());
        tell("schedules-fire", fired, List.of(rate(perSecond)), meter.end(fired), plan);
        table.removeEverySecond(FIRING);
    }

    private void tell(String measure, long jobs, List<Value> values, Usage usage, Plan under) {
        figures.accept(new Figure(Figure.MILLRACE, measure, round, jobs, values, usage, under.settings()));
    }

    private static Value rate(double perSecond) {
        return Value.rate("perSecond", perSecond);
    }

    private static double seconds(long from, long to) {
        return Math.max(to - from, 1) / 1e9;
    }
}
