package dev.millrace.worker.run;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.loop.Pause;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.run.JobRun.Execution;
import dev.millrace.worker.run.Outcome.Failed;
import dev.millrace.worker.run.Outcome.Succeeded;
import dev.millrace.worker.run.Outcome.TimedOut;
import dev.millrace.worker.run.RetryAdvice.Never;
import dev.millrace.worker.run.StopSignal.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs a job on a virtual thread of its own: admit if it waited, decode, invoke, encode, settle. */
public final class Runner {

    /** A delivery that waited longer than this for its slot is admitted anew before it starts. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How long a job whose task is not here keeps its slot before it goes back, so that it does not spin. */
    private static final Duration UNKNOWN_TASK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Runner.class);

    private final TaskRegistry registry;
    private final WorkerPolicies terms;
    private final Taking streams;
    private final Settler settler;
    private final Leaks leaks;
    private final RunDependencies means;

    /**
     * What a run needs of the world.
     *
     * @param random is asked by many threads at once
     */
    public record RunDependencies(
            InstantSource clock,
            RandomGenerator random,
            Pause pause,
            RunScope scope,
            JobLog log,
            RunTrace trace,
            RunMeters meters) {}

    public Runner(
            TaskRegistry registry,
            WorkerPolicies terms,
            Taking streams,
            Settler settler,
            Leaks leaks,
            RunDependencies means) {
        this.registry = registry;
        this.terms = terms;
        this.streams = streams;
        this.settler = settler;
        this.leaks = leaks;
        this.means = means;
    }

    /** Starts it and returns at once; {@code whenDone} is called when its thread lets go of the slot. */
    public void launch(JobRun run, Runnable whenDone) {
        run.enterThread();
        Thread.ofVirtual().name("job-" + job(run).id()).start(() -> {
            try {
                means.log().of(job(run)).within(() -> survive(run));
            } finally {
                run.leaveThread();
                leaks.ended(run);
                whenDone.run();
            }
        });
    }

    private void survive(JobRun run) {
        try {
            start(run);
        } catch (Throwable broken) {
            // Its message may quote the job.
            LOG.errorf(
                    "The job failed outside its task, by %s at %s; its lease will run out.",
                    broken.getClass().getName(),
                    Arrays.stream(broken.getStackTrace())
                            .findFirst()
                            .map(Object::toString)
                            .orElse("a place it does not tell"));
        }
    }

    /** Ends a run whose time is over, whatever its thread does. */
    void timeOut(JobRun run, Execution execution) {
        end(
                run,
                execution.terms(),
                new TimedOut(Errors.ranTooLong(execution.terms().timeout())));
        run.stop(Reason.TIME_OVER);
        leaks.expect(run);
    }

    private void start(JobRun run) throws InterruptedException {
        Optional<TaskDefinition> task = registry.find(job(run).task());
        if (task.isEmpty()) {
            leaveForAnother(run);
        } else if (admitted(run)) {
            begin(run, task.get(), terms.of(job(run), task.get()));
        }
    }

    private void begin(JobRun run, TaskDefinition task, ExecutionPolicy its) {
        var execution = new Execution(Thread.currentThread(), System.nanoTime(), its, task.idempotent());
        if (run.begin(execution)) {
            runInScope(run, task, its);
        }
    }

    private boolean admitted(JobRun run) {
        if (!run.stale(System.nanoTime(), FRESH)) {
            return true;
        }
        try {
            boolean go = streams.start(List.of(run.delivery())).getFirst() == Admit.GO;
            run.startWasTold();
            if (!go) {
                settler.drop(run);
            }
            return go;
        } catch (StreamsUnavailable unavailable) {
            LOG.debugf("The job is handed back when Redis answers: %s", unavailable.getMessage());
            settler.handBack(run);
            return false;
        }
    }

    private void runInScope(JobRun run, TaskDefinition task, ExecutionPolicy its) {
        means.meters().started(run.delivery(), means.clock().instant());
        means.scope().around(() -> end(run, its, means.trace().around(run.delivery(), () -> invoke(run, task, its))));
    }

    private Outcome invoke(JobRun run, TaskDefinition task, ExecutionPolicy its) {
        try {
            Job job = job(run);
            RunContext context = new RunContext(
                    run,
                    its,
                    means.clock().instant(),
                    means.pause(),
                    means.log().logger(job));
            Object returned = task.invoke(task.decode(job.payload()), context);
            return succeeded(
                    job, task, returned instanceof Uni<?> uni ? uni.await().indefinitely() : returned);
        } catch (Throwable thrown) {
            return new Failed(Errors.of(thrown), RetryAdvice.after(thrown, task.retryTypes()));
        }
    }

    private static Outcome succeeded(Job job, TaskDefinition task, @Nullable Object result) {
        String json = task.encode(result);
        String defect = Results.defect(json);
        if (defect != null) {
            return new Failed(Errors.badResult(defect), new Never());
        }
        return new Succeeded(job.spec().ignoreResult() ? null : json);
    }

    private void end(JobRun run, ExecutionPolicy its, Outcome outcome) {
        int attempt = job(run).attempt();
        Verdict verdict =
                Verdict.of(outcome, attempt, its.retry(), run.stopSignal().reasons(), means.random());
        if (!settler.settle(run, verdict)) {
            LOG.debug("The job ended after its fate had been decided; this outcome is dropped.");
        }
    }

    private void leaveForAnother(JobRun run) throws InterruptedException {
        LOG.warnf(
                "No such task here (known: %s). The job goes back to its queue for a worker that has it.",
                registry.all().stream().map(TaskDefinition::name).toList());
        means.pause().of(UNKNOWN_TASK);
        settler.handBack(run);
    }

    private static Job job(JobRun run) {
        return run.delivery().job();
    }
}
