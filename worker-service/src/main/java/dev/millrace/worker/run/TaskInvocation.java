package dev.millrace.worker.run;

import dev.millrace.job.Job;
import dev.millrace.log.LineSecrets;
import dev.millrace.log.LineSecrets.Kept;
import dev.millrace.sensitive.Secrets;
import dev.millrace.time.Time;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Outcome;
import dev.millrace.worker.settle.Outcome.Failed;
import dev.millrace.worker.settle.Outcome.Succeeded;
import dev.millrace.worker.settle.RetryAdvice;
import dev.millrace.worker.settle.RetryAdvice.Never;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Runs the task itself: decodes the payload, invokes the method, encodes the result. */
public final class TaskInvocation implements RunInterceptor.Step {

    private final Time time;
    private final JobLog log;
    private final SensitivePayloads sensitive;

    public TaskInvocation(Time time, JobLog log, SensitivePayloads sensitive) {
        this.time = time;
        this.log = log;
        this.sensitive = sensitive;
    }

    /** Whatever the task throws becomes an outcome. Neither it nor what is logged meanwhile shows what is sensitive. */
    @Override
    public Outcome run(TaskExecution execution) {
        Secrets secrets = sensitive.of(execution.job());
        if (secrets.isEmpty()) {
            return run(execution, Secrets.NONE);
        }
        Kept kept = LineSecrets.keep(execution.job().id().toString(), secrets);
        try {
            return run(execution, secrets);
        } finally {
            kept.end();
        }
    }

    private Outcome run(TaskExecution execution, Secrets secrets) {
        try {
            Object payload = execution.task().decode(execution.job().payload());
            Object result = invoke(execution, payload, secrets);
            String json = execution.task().encode(result);
            return outcome(execution.job(), json);
        } catch (Throwable thrown) {
            return new Failed(
                    Errors.of(thrown, secrets),
                    RetryAdvice.after(thrown, execution.task().retryTypes()));
        }
    }

    private @Nullable Object invoke(TaskExecution execution, Object payload, Secrets secrets) throws Throwable {
        RunContext context = new RunContext(execution, time.pause(), log.logger(execution.job()), secrets);
        Object returned = execution.task().invoke(payload, context);
        return returned instanceof Uni<?> uni ? uni.await().indefinitely() : returned;
    }

    private static Outcome outcome(Job job, String json) {
        String defect = Results.defect(json);
        return defect == null
                ? new Succeeded(job.spec().ignoreResult() ? null : json)
                : new Failed(Errors.badResult(defect), new Never());
    }
}
