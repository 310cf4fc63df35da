package dev.millrace.worker.run;

import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.run.RunInterceptor.Step;
import dev.millrace.worker.settle.Outcome;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.settle.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Runs a job on a virtual thread of its own, from {@link #run} on: admit, begin, execute, decide, settle. To execute is to
 * decode, invoke and encode, with the interceptors around.
 */
public final class Runner {

    private static final Logger LOG = Logger.getLogger(Runner.class);

    private final AdmissionCheck admission;
    private final Step steps;
    private final Settler settler;
    private final JobLog log;
    private final RandomGenerator random;

    /**
     * Runs nothing yet.
     *
     * @param interceptors around each execution, the first of them outermost
     * @param random is asked by many threads at once
     */
    public Runner(
            AdmissionCheck admission,
            List<RunInterceptor> interceptors,
            TaskInvocation invocation,
            Settler settler,
            JobLog log,
            RandomGenerator random) {
        this.admission = admission;
        this.steps = RunInterceptor.chain(interceptors, invocation);
        this.settler = settler;
        this.log = log;
        this.random = random;
    }

    /**
     * Starts it and returns at once; {@code whenDone} is called when its slot is free: its thread has let go of it, and few
     * enough ends wait to be settled.
     */
    public void launch(JobRun run, Runnable whenDone) {
        run.enterThread();
        Thread.ofVirtual().name("job-" + run.job().id()).start(() -> {
            try {
                log.of(run.job()).within(() -> survive(run));
            } finally {
                run.leaveThread();
                settler.awaitRoom();
                whenDone.run();
            }
        });
    }

    private void survive(JobRun run) {
        try {
            run(run);
        } catch (Throwable broken) {
            // Its message may quote the job.
            LOG.errorf(
                    "The job failed outside its task, by %s at %s; its lease will run out.",
                    broken.getClass().getName(),
                    Arrays.stream(broken.getStackTrace())
                            .findFirst()
                            .map(Object::toString)
                            .orElse("a place it does not name"));
        }
    }

    private void run(JobRun run) throws InterruptedException {
        admission.admit(run).filter(run::begin).ifPresent(this::execute);
    }

    private void execute(TaskExecution execution) {
        Outcome outcome = steps.run(execution);
        end(execution, outcome);
    }

    /** Decides what becomes of the job and settles it, unless that was decided before: then the outcome is dropped. */
    void end(TaskExecution execution, Outcome outcome) {
        Verdict verdict = decide(execution, outcome);
        if (!settler.settle(execution.run(), verdict)) {
            LOG.debug("The job ended after its fate had been decided; this outcome is dropped.");
        }
    }

    private Verdict decide(TaskExecution execution, Outcome outcome) {
        int attempt = execution.job().attempt();
        return Verdict.of(
                outcome,
                attempt,
                execution.policy().retry(),
                execution.run().stopSignal().reasons(),
                random);
    }
}
