package dev.millrace.worker.held;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.time.Time;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.run.Runner;
import java.time.Instant;

/**
 * One execution of a task, which flows through the steps of {@link Runner}. Immutable.
 *
 * @param run the delivery that it executes
 * @param policy its time limits and its retries
 * @param thread on which the task runs
 * @param started by the machine's clock
 * @param startedReading of the stopwatch
 */
public record TaskExecution(
        JobRun run, TaskDefinition task, ExecutionPolicy policy, Thread thread, Instant started, long startedReading) {

    /** An execution that starts now, on this thread. */
    public static TaskExecution here(JobRun run, TaskDefinition task, ExecutionPolicy policy, Time time) {
        return new TaskExecution(run, task, policy, Thread.currentThread(), time.instant(), time.reading());
    }

    public Job job() {
        return run.job();
    }
}
