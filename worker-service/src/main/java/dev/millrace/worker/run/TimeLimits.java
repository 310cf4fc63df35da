package dev.millrace.worker.run;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.Leaks;
import dev.millrace.worker.held.StopSignal.Reason;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Outcome.TimedOut;
import java.time.Duration;

/** Enforces the time limits of what runs, looking twenty times a second. */
public final class TimeLimits {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final HeldJobs held;
    private final Runner runner;
    private final Leaks leaks;
    private final Time time;

    public TimeLimits(HeldJobs held, Runner runner, Leaks leaks, Time time) {
        this.held = held;
        this.runner = runner;
        this.leaks = leaks;
        this.time = time;
    }

    public Duration enforceOnce() throws InterruptedException {
        held.awaitAny(IDLE);
        held.executions().forEach(execution -> enforce(execution, time.since(execution.startedReading())));
        return LOOK;
    }

    private void enforce(TaskExecution execution, Duration age) {
        ExecutionPolicy policy = execution.policy();
        if (age.compareTo(policy.timeout()) > 0) {
            timeOut(execution);
        } else if (policy.softTimeout() != null && age.compareTo(policy.softTimeout()) > 0) {
            execution.run().stop(Reason.SOFT_LIMIT);
        }
    }

    /** Ends the job, whatever the task's thread does. */
    private void timeOut(TaskExecution execution) {
        runner.end(execution, new TimedOut(Errors.ranTooLong(execution.policy().timeout())));
        execution.run().stop(Reason.TIME_OVER);
        leaks.expect(execution.run());
    }
}
