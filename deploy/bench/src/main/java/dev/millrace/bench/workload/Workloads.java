package dev.millrace.bench.workload;

import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.measure.Usage;
import dev.millrace.bench.records.Calls;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.report.Value;
import dev.millrace.bench.stack.CrewSize;
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

    private final BenchContext ground;
    private final Plan plan;
    private final int round;
    private final Consumer<Figure> figures;

    public Workloads(BenchContext ground, Plan plan, int round, Consumer<Figure> figures) {
        this.ground = ground;
        this.plan = plan;
        this.round = round;
        this.figures = figures;
    }

    public void run(Workload workload) {
        ground.settle(plan.crew());
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
        ground.settle(plan.crew());
    }

    private void backlog() {
        ground.withoutWorkers(plan.crew());
        long ended = ground.ended(NOOP);
        submitInBulk();
        drain(ended);
    }

    private void submitInBulk() {
        Meter meter = ground.meter();
        long began = ground.time().stamp();
        ground.submitter().bulk(plan.jobs(), Bodies::noop, plan.clients());
        double seconds = seconds(began, ground.time().stamp());
        ground.left(plan.jobs());
        tell("bulk-submit", plan.jobs(), List.of(rate(plan.jobs() / seconds)), meter.end(plan.jobs()), plan.crew());
    }

    // From the first call to the last: the start of the workers is not in it. They are cold, as after a deployment.
    private void drain(long ended) {
        WorkerPool crew = ground.hire(plan.crew());
        Calls begun = ground.awaitFirst(crew);
        Meter meter = ground.meter();
        Calls calls = ground.awaitCount(crew, plan.jobs());
        ground.ran(plan.jobs());
        ground.awaitEnded(NOOP, ended + plan.jobs());
        long recorded = ground.time().stamp();
        List<Value> values = List.of(
                rate((calls.count() - 1) / seconds(calls.first(), calls.last())),
                Value.rate("recordedPerSecond", calls.count() / seconds(calls.first(), recorded)));
        tell("drain", plan.jobs(), values, meter.end(plan.jobs() - begun.count()), plan.crew());
    }

    private void endToEnd() {
        WorkerPool crew = ground.withWorkers(plan.crew());
        warm(crew);
        long before = crew.records().count();
        long ended = ground.ended(NOOP);
        Meter meter = ground.meter();
        long began = ground.time().stamp();
        ground.submitter().bulk(plan.jobs(), Bodies::noop, plan.clients());
        Calls calls = ground.awaitCount(crew, before + plan.jobs());
        ground.awaitEnded(NOOP, ended + plan.jobs());
        long recorded = ground.time().stamp();
        List<Value> values = List.of(
                rate(plan.jobs() / seconds(began, calls.last())),
                Value.rate("recordedPerSecond", plan.jobs() / seconds(began, recorded)));
        tell("end-to-end", plan.jobs(), values, meter.end(plan.jobs()), plan.crew());
    }

    private void warm(WorkerPool crew) {
        long before = crew.records().count();
        long ended = ground.ended(NOOP);
        ground.submitter().bulk(plan.warm(), Bodies::noop, plan.clients());
        ground.awaitCount(crew, before + plan.warm());
        ground.awaitEnded(NOOP, ended + plan.warm());
    }

    private void latency() {
        WorkerPool crew = ground.withWorkers(plan.crew());
        warm(crew);
        OpenLoop loop = new OpenLoop(ground.submitter(), ground.time(), OpenLoop.EVERY);
        loop.warm();
        Meter meter = ground.meter();
        loop.submit(0, OpenLoop.JOBS);
        Map<Long, Long> stamps = crew.records().stamps();
        tell("latency", OpenLoop.JOBS, loop.spreads(stamps), meter.end(OpenLoop.JOBS), plan.crew());
    }

    private void io() {
        CrewSize size = plan.crew().withSlots(IO_SLOTS);
        WorkerPool crew = ground.withWorkers(size);
        Meter meter = ground.meter();
        long before = crew.records().count();
        long began = ground.time().stamp();
        ground.submitter().bulk(SLEEPERS, Bodies.sleep(SLEEP_MS), 1);
        Calls calls = ground.awaitCount(crew, before + SLEEPERS);
        List<Value> values = List.of(Value.cost("seconds", seconds(began, calls.last())));
        tell("io", SLEEPERS, values, meter.end(SLEEPERS), size);
    }

    private void delay() {
        WorkerPool crew = ground.withWorkers(plan.crew());
        warm(crew);
        DueTogether due = new DueTogether(ground.submitter(), ground.time(), plan.delayed());
        Meter meter = ground.meter();
        due.submit(plan.clients());
        ground.until(plan.delayed() + " delayed jobs to run", crew, () -> due.haveRun(crew.records()::stamps));
        tell("delay", plan.delayed(), due.lateness(crew.records().stamps()), meter.end(plan.delayed()), plan.crew());
    }

    private void single() {
        ground.withoutWorkers(plan.crew());
        single("single-submit", 1);
        single("crowd-submit", CROWD);
    }

    private void single(String measure, int clients) {
        long jobs = plan.singles();
        Meter meter = ground.meter();
        long began = ground.time().stamp();
        ground.submitter().single(jobs, Bodies::noop, clients);
        double seconds = seconds(began, ground.time().stamp());
        ground.left(jobs);
        tell(measure, jobs, List.of(rate(jobs / seconds)), meter.end(jobs), new Plan(jobs, clients, plan.crew()));
    }

    private void schedules() {
        ground.withoutWorkers(plan.crew());
        Timetable table = new Timetable(ground.submitter(), CROWD);
        made("schedules-create", plan.schedules(), table::hourly);
        idle(plan.schedules());
        fire(table);
        made("schedules-remove", plan.schedules(), table::removeHourly);
    }

    private void made(String measure, long schedules, LongConsumer work) {
        Meter meter = ground.meter();
        long began = ground.time().stamp();
        work.accept(schedules);
        double seconds = seconds(began, ground.time().stamp());
        Plan under = new Plan(schedules, CROWD, plan.crew());
        tell(measure, schedules, List.of(rate(schedules / seconds)), meter.end(schedules), under);
    }

    // Of what is due in an hour nobody should notice anything.
    private void idle(long schedules) {
        Meter meter = ground.meter();
        ground.time().rest(WATCHED);
        Usage usage = meter.end(schedules);
        double micros = usage.cpuMicrosPerJob().getOrDefault("scheduler", 0.0) * schedules;
        List<Value> values = List.of(
                Value.cost("schedulerCpuPercent", 100 * micros / (WATCHED.toMillis() * 1e3)),
                Value.cost("schedulerMemoryMiB", ground.memoryMiB("scheduler")));
        tell("schedules-idle", schedules, values, usage, plan.crew());
    }

    private void fire(Timetable table) {
        WorkerPool crew = ground.withWorkers(plan.crew());
        table.everySecond(FIRING);
        ground.awaitCount(crew, crew.records().count() + FIRING);
        Meter meter = ground.meter();
        long before = crew.records().count();
        long began = ground.time().stamp();
        ground.time().rest(WATCHED);
        long fired = crew.records().count() - before;
        double perSecond = fired / seconds(began, ground.time().stamp());
        tell("schedules-fire", fired, List.of(rate(perSecond)), meter.end(fired), plan.crew());
        table.removeEverySecond(FIRING);
    }

    private void tell(String measure, long jobs, List<Value> values, Usage usage, CrewSize size) {
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
