package dev.millrace.bench.workload;

import dev.millrace.bench.measure.Meter;
import dev.millrace.bench.records.Calls;
import dev.millrace.bench.report.Value;
import dev.millrace.bench.stack.WorkerPool;
import java.util.List;
import java.util.function.LongFunction;

/** Workflows whose jobs do nothing, to workers that run: what it costs to have jobs follow each other. */
final class WorkflowWorkloads {

    private static final long MOST_MEMBERS = 100_000;
    private static final long CHORD = 1_000;
    private static final long CHAINS = 200;
    private static final long STEPS = 5;
    private static final String NOOP =
            "{\"task\":\"bench.noop\",\"payload\":{\"to\":\"user@example.com\",\"body\":\"\"}}";

    private final BenchContext context;
    private final Plan plan;
    private final Told told;

    WorkflowWorkloads(BenchContext context, Plan plan, Told told) {
        this.context = context;
        this.plan = plan;
        this.told = told;
    }

    /** A job for each item of a list, at most 2,000 live; a job behind 1,000 others; 200 times five jobs one after the other. */
    void run() {
        WorkerPool pool = context.warm(plan, plan.pool());
        long members = Math.min(plan.jobs(), MOST_MEMBERS);
        measure("workflow-map", pool, 1, members, number -> "{\"root\":" + map(members, 2_000) + "}");
        measure(
                "workflow-chord",
                pool,
                1,
                CHORD + 1,
                number -> "{\"root\":{\"chain\":[" + map(CHORD, CHORD) + "," + NOOP + "]}}");
        measure("workflow-chains", pool, CHAINS, STEPS, number -> chain());
    }

    private static String map(long items, long window) {
        return "{\"map\":{\"items\":{\"range\":{\"from\":0,\"to\":%d}},\"window\":%d,\"each\":%s}}"
                .formatted(items, window, NOOP);
    }

    private static String chain() {
        return "{\"root\":{\"chain\":[" + (NOOP + ",").repeat((int) STEPS - 1) + NOOP + "]}}";
    }

    private void measure(String measure, WorkerPool pool, long workflows, long jobsOfEach, LongFunction<String> body) {
        long jobs = workflows * jobsOfEach;
        long before = pool.records().count();
        long ended = context.endedWorkflows();
        Meter meter = context.meter();
        long began = context.time().stamp();
        context.submitter().workflows(workflows, jobsOfEach, body, plan.clients());
        Calls calls = context.awaitCount(pool, before + jobs);
        context.awaitEndedWorkflows(ended + workflows);
        List<Value> values = List.of(
                Told.rate(jobs / Told.seconds(began, calls.last())),
                Value.rate(
                        "recordedPerSecond",
                        jobs / Told.seconds(began, context.time().stamp())));
        told.tell(measure, jobs, values, meter.end(jobs), plan);
    }
}
