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
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Runs workloads, and tells each figure as soon as it is there. */
public final class Workloads {

    private static final String NOOP = "bench.noop";
    private static final int SLEEPERS = 2_000;
    private static final int SLEEP_MS = 100;
    private static final int IO_SLOTS = 1_000;
    private static final int CROWD = 50;
    private static final int FIRING = 1_000;
    private static final Duration WATCHED = Duration.ofSeconds(20);

    private final BenchContext context;
    private final Plan plan;
    private final int round;
    private final Consumer<Figure> figures;

    public Workloads(BenchContext context, Plan plan, int round, Consumer<Figure> figures) {
        this.context = context;
        this.plan = plan;
        this.round = round;
        this.figures = figures;
    }

    public void run(Workload workload) {
        context.settle(plan.pool());
        switch (workload) {
            case BACKLOG -> backlog();
            case E2E -> endToEnd();
            case LATENCY -> latency();
            case IO -> io();
            case DELAY -> delay();
            case SINGLE -> single();
            case SCHEDULES -> schedules();
        }
    }

    /** Leaves nothing behind that a worker of the bench would have to run. */
    public void settle() {
        context.settle(plan.pool());
    }

    private void backlog() {
        context.withoutWorkers(plan.pool());
        long ended = context.ended(NOOP);
        submitInBulk();
        drain(ended);
    }

    private void submitInBulk() {
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().bulk(plan.jobs(), Bodies::noop, plan.clients());
        double seconds = seconds(began, context.time().stamp());
        context.left(plan.jobs());
        tell("bulk-submit", plan.jobs(), List.of(rate(plan.jobs() / seconds)), meter.end(plan.jobs()), plan.pool());
    }

    // From the first call to the last: the start of the workers is not in it. They are cold, as after a deployment.
    private void drain(long ended) {
        WorkerPool pool = context.start(plan.pool());
        Calls begun = context.awaitFirst(pool);
        Meter meter = context.meter();
        Calls calls = context.awaitCount(pool, plan.jobs());
        context.ran(plan.jobs());
        context.awaitEnded(NOOP, ended + plan.jobs());
        long recorded = context.time().stamp();
        List<Value> values = List.of(
                rate((calls.count() - 1) / seconds(calls.first(), calls.last())),
                Value.rate("recordedPerSecond", calls.count() / seconds(calls.first(), recorded)));
        tell("drain", plan.jobs(), values, meter.end(plan.jobs() - begun.count()), plan.pool());
    }

    private void endToEnd() {
        WorkerPool pool = context.withWorkers(plan.pool());
        warm(pool);
        long before = pool.records().count();
        long ended = context.ended(NOOP);
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().bulk(plan.jobs(), Bodies::noop, plan.clients());
        Calls calls = context.awaitCount(pool, before + plan.jobs());
        context.awaitEnded(NOOP, ended + plan.jobs());
        long recorded = context.time().stamp();
        List<Value> values = List.of(
                rate(plan.jobs() / seconds(began, calls.last())),
                Value.rate("recordedPerSecond", plan.jobs() / seconds(began, recorded)));
        tell("end-to-end", plan.jobs(), values, meter.end(plan.jobs()), plan.pool());
    }

    private void warm(WorkerPool pool) {
        long before = pool.records().count();
        long ended = context.ended(NOOP);
        context.submitter().bulk(plan.warm(), Bodies::noop, plan.clients());
        context.awaitCount(pool, before + plan.warm());
        context.awaitEnded(NOOP, ended + plan.warm());
    }

    private void latency() {
        WorkerPool pool = context.withWorkers(plan.pool());
        warm(pool);
        OpenLoop loop = new OpenLoop(context.submitter(), context.time(), OpenLoop.EVERY);
        loop.warm();
        Meter meter = context.meter();
        loop.submit(0, OpenLoop.JOBS);
        Map<Long, Long> stamps = pool.records().stamps();
        tell("latency", OpenLoop.JOBS, loop.spreads(stamps), meter.end(OpenLoop.JOBS), plan.pool());
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
        tell("io", SLEEPERS, values, meter.end(SLEEPERS), size);
    }

    private void delay() {
        WorkerPool pool = context.withWorkers(plan.pool());
        warm(pool);
        DueTogether due = new DueTogether(context.submitter(), context.time(), plan.delayed());
        Meter meter = context.meter();
        due.submit(plan.clients());
        context.until(plan.delayed() + " delayed jobs to run", pool, () -> due.haveRun(pool.records()::stamps));
        tell("delay", plan.delayed(), due.lateness(pool.records().stamps()), meter.end(plan.delayed()), plan.pool());
    }

    private void single() {
        context.withoutWorkers(plan.pool());
        single("single-submit", 1);
        single("crowd-submit", CROWD);
    }

    private void single(String measure, int clients) {
        long jobs = plan.singles();
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().single(jobs, Bodies::noop, clients);
        double seconds = seconds(began, context.time().stamp());
        context.left(jobs);
        tell(measure, jobs, List.of(rate(jobs / seconds)), meter.end(jobs), new Plan(jobs, clients, plan.pool()));
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
        Plan under = new Plan(schedules, CROWD, plan.pool());
        tell(measure, schedules, List.of(rate(schedules / seconds)), meter.end(schedules), under);
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
        tell("schedules-idle", schedules, values, usage, plan.pool());
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
        tell("schedules-fire", fired, List.of(rate(perSecond)), meter.end(fired), plan.pool());
        table.removeEverySecond(FIRING);
    }

    private void tell(String measure, long jobs, List<Value> values, Usage usage, PoolSize size) {
        tell(measure, jobs, values, usage, new Plan(plan.jobs(), plan.clients(), size));
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
