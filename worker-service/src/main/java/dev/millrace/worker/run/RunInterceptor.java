package dev.millrace.worker.run;

import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Outcome;
import java.util.List;

/**
 * Takes part in each execution of a task, around decoding, invoking and encoding. May do something before and after,
 * look at the outcome, or answer with one of its own without calling the next step. Called by many threads at once. What
 * it throws is no outcome of the task: the job's lease runs out, and another worker starts it.
 */
@FunctionalInterface
public interface RunInterceptor {

    /** Calls {@code next} on this thread, once at most. */
    Outcome around(TaskExecution execution, Step next);

    /** What an interceptor is around: the next one, or the task. */
    @FunctionalInterface
    interface Step {
        Outcome run(TaskExecution execution);
    }

    /** Makes one step of a task and the interceptors around it, the first of them outermost. */
    static Step chain(List<RunInterceptor> interceptors, Step task) {
        Step chain = task;
        for (RunInterceptor interceptor : interceptors.reversed()) {
            Step next = chain;
            chain = execution -> interceptor.around(execution, next);
        }
        return chain;
    }
}
