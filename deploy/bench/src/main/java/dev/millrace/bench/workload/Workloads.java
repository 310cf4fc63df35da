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

/** Runs workloads, and tells each figure as soon as it is there. */
public final class Workloads {

    private static final String NOOP = "bench.noop";
    private static final List<String> COUNTING = List.of(NOOP, "bench.sleep");
    private static final List<String> TASKS = List.of(NOOP, "bench.sleep", "bench.stamp");
    private static final int SLEEPERS = 2_000;
    private static final int SLEEP_MS = 100;
    private static final int IO_SLOTS = 1_000;
    private static final int CROWD = 50;
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(30);

    /** So many jobs of a band at least lie in Redis before more wait in PostgreSQL. */
    private static final long WINDOW = 90_000;

    private static final int FIRING = 1_000;
    private static final Duration WATCHED = Duration.ofSeconds(20);

    private final BenchContext context;
    private final Plan plan;
    private final Told told;
    private final AloneWorkloads alone;
    private long seeded;

    public Workloads(BenchContext context, Plan plan, int round, Consumer<Figure> figures) {
        this.context = context;
        this.plan = plan;
        this.told = new Told(round, figures);
        this.alone = new AloneWorkloads(context, plan, told);
    }

    public void run(Workload workload) {
        context.settle(plan.pool());
        switch (workload) {
            case COLD -> cold();
            case COLD_CLIENTS -> alone.coldClients();
            case BACKLOG -> backlog();
            case E2E -> endToEnd();
            case CLIENTS -> alone.clients();
            case LATENCY -> alone.latency();
            case DELAY -> delay();
            case IO -> io();
            case SINGLE -> alone.single();
            case IDLE -> quiet();
            case LISTENERS -> alone.listeners();
            case SCHEDULES -> schedules();
            case WORKFLOWS -> new WorkflowWorkloads(context, plan, told).run();
        }
    }

    /** Fills the record, once a first job has run. */
    public void seed(long rows) {
        context.withWorkers(plan.pool());
        long ended = context.ended(NOOP);
        context.submitter().bulk(1, plan.shape(), 1);
        context.awaitEnded(NOOP, ended + 1);
        context.seed(rows);
        seeded = rows;
    }

    /** Leaves nothing behind that a worker of the bench would have to run. */
    public void settle() {
        context.settle(plan.pool());
    }

    /** Holds all that was submitted to this stack against what the tasks saw and the record says; a sentence for what is wrong. */
    public List<String> check() {
        settle();
        context.awaitRecorded();
        long ended = TASKS.stream().mapToLong(context::ended).sum();
        long all = TASKS.stream().mapToLong(context::all).sum();
        long counted = COUNTING.stream().mapToLong(context::ended).sum();
        Verdict verdict = new Verdict(
                context.submitter().accepted(), all - seeded, ended - seeded, counted - seeded, context.calls());
        told.tell("checked", all, verdict.values(), Usage.NONE, plan);
        return verdict.broken();
    }

    private void cold() {
        WorkerPool pool = context.withWorkers(plan.pool());
        endToEnd("end-to-end-cold", pool, plan.cold());
    }

    // Submits while nothing may start: workers are there and warm, and begin together.
    private void backlog() {
        WorkerPool pool = context.warm(plan, plan.pool());
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
        context.submitter().bulk(plan.jobs(), plan.shape(), plan.clients());
        double seconds = Told.seconds(began, context.time().stamp());
        context.awaitQueued(Math.min(plan.jobs(), WINDOW));
        told.tell("bulk-submit", plan.jobs(), List.of(Told.rate(plan.jobs() / seconds)), meter.end(plan.jobs()), plan);
    }

    private void drain(WorkerPool pool, long ran, long ended) {
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.resume();
        Calls calls = context.awaitCount(pool, ran + plan.jobs());
        context.awaitEnded(NOOP, ended + plan.jobs());
        told.tell("drain", plan.jobs(), rates(plan.jobs(), began, calls), meter.end(plan.jobs()), plan);
    }

    private void endToEnd() {
        endToEnd("end-to-end", context.warm(plan, plan.pool()), plan.jobs());
    }

    private void endToEnd(String measure, WorkerPool pool, long jobs) {
        long before = pool.records().count();
        long ended = context.ended(NOOP);
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().bulk(jobs, plan.shape(), plan.clients());
        Calls calls = context.awaitCount(pool, before + jobs);
        context.awaitEnded(NOOP, ended + jobs);
        told.tell(measure, jobs, rates(jobs, began, calls), meter.end(jobs), plan);
    }

    /** To the last call, and until all ends are recorded, which is now. */
    private List<Value> rates(long jobs, long began, Calls calls) {
        return List.of(
                Told.rate(jobs / Told.seconds(began, calls.last())),
                Value.rate(
                        "recordedPerSecond",
                        jobs / Told.seconds(began, context.time().stamp())));
    }

    private void io() {
        PoolSize size = plan.pool().withSlots(IO_SLOTS);
        WorkerPool pool = context.withWorkers(size);
        Meter meter = context.meter();
        long before = pool.records().count();
        long began = context.time().stamp();
        context.submitter().bulk(SLEEPERS, Bodies.sleep(SLEEP_MS), 1);
        Calls calls = context.awaitCount(pool, before + SLEEPERS);
        List<Value> values = List.of(Value.cost("seconds", Told.seconds(began, calls.last())));
        told.tell("io", SLEEPERS, values, meter.end(SLEEPERS), plan.withPool(size));
    }

    private void delay() {
        WorkerPool pool = context.warm(plan, plan.pool());
        DueTogether due = new DueTogether(context.submitter(), context.time(), plan.delayed());
        Meter meter = context.meter();
        due.submit(plan.clients());
        context.until(plan.delayed() + " delayed jobs to run", pool, () -> due.haveRun(pool.records()::stamps));
        told.tell("delay", plan.delayed(), due.lateness(pool.records().stamps()), meter.end(plan.delayed()), plan);
    }

    private void quiet() {
        context.withWorkers(plan.pool());
        context.time().rest(SETTLED);
        Meter meter = context.meter();
        context.time().rest(QUIET);
        Usage perSecond = meter.end(QUIET.toSeconds());
        List<Value> values = List.of(Value.cost("cpuPercent", perSecond.total() / 1e4));
        told.tell("idle-second", QUIET.toSeconds(), values, perSecond, plan);
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
        double seconds = Told.seconds(began, context.time().stamp());
        told.tell(
                measure,
                schedules,
                List.of(Told.rate(schedules / seconds)),
                meter.end(schedules),
                plan.withClients(CROWD));
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
        told.tell("schedules-idle", schedules, values, usage, plan);
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
        double perSecond = fired / Told.seconds(began, context.time().stamp());
        told.tell("schedules-fire", fired, List.of(Told.rate(perSecond)), meter.end(fired), plan);
        table.removeEverySecond(FIRING);
    }
}
