package dev.millrace.worker.run;

import dev.millrace.flow.Flow;
import dev.millrace.json.Chunk;
import dev.millrace.log.LineSecrets;
import dev.millrace.log.LineSecrets.Kept;
import dev.millrace.sensitive.Secrets;
import dev.millrace.task.PermanentFailure;
import dev.millrace.time.Time;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Outcome;
import dev.millrace.worker.settle.Outcome.Failed;
import dev.millrace.worker.settle.Outcome.Succeeded;
import dev.millrace.worker.settle.RetryAdvice;
import dev.millrace.worker.settle.RetryAdvice.Never;
import dev.millrace.worker.settle.Settler;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the task itself: decodes the payload, invokes the method, encodes the result. */
public final class TaskInvocation implements RunInterceptor.Step {

    private final Time time;
    private final JobLog log;
    private final SensitivePayloads sensitive;
    private final Settler settler;

    public TaskInvocation(Time time, JobLog log, SensitivePayloads sensitive, Settler settler) {
        this.time = time;
        this.log = log;
        this.sensitive = sensitive;
        this.settler = settler;
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
        Orders orders = new Orders(execution.job().id(), some -> settler.order(execution.run(), some));
        try {
            RunContext context = new RunContext(execution, orders, time.pause(), log.logger(execution.job()), secrets);
            boolean kept = !execution.job().spec().ignoreResult();
            Optional<List<Object>> chunk =
                    execution.task().decodeChunk(execution.job().payload());
            if (chunk.isPresent()) {
                String results = invokeEach(execution, chunk.get(), context);
                return outcome(results, kept, orders.close());
            }
            Object payload = execution.task().decode(execution.job().payload());
            Object result = invoke(execution, payload, context);
            String ordered = orders.close();
            return result instanceof Flow flow
                    ? outcome(Results.ofFlow(execution.job().id(), flow), true, ordered)
                    : outcome(execution.task().encode(result), kept, ordered);
        } catch (Throwable thrown) {
            orders.close();
            return new Failed(
                    Errors.of(thrown, secrets),
                    RetryAdvice.after(thrown, execution.task().retryTypes()));
        }
    }

    /** In order; the first that fails fails all of them. Who is to come to an end begins no other. */
    private static String invokeEach(TaskExecution execution, List<Object> chunk, RunContext context) throws Throwable {
        List<String> results = new ArrayList<>();
        for (Object payload : chunk) {
            context.reached(results.size(), chunk.size());
            if (context.cancelled()) {
                throw new InterruptedException("The run is to come to an end.");
            }
            Object result = invoke(execution, payload, context);
            if (result instanceof Flow) {
                throw new PermanentFailure("A task that is given a chunk has no place that it could give to a graph.");
            }
            results.add(execution.task().encode(result));
        }
        context.reached(chunk.size(), chunk.size());
        return Chunk.textOf(results);
    }

    private static @Nullable Object invoke(TaskExecution execution, Object payload, RunContext context)
            throws Throwable {
        Object returned = execution.task().invoke(payload, context);
        return returned instanceof Uni<?> uni ? uni.await().indefinitely() : returned;
    }

    private static Outcome outcome(String json, boolean kept, @Nullable String ordered) {
        String defect = Results.defect(json);
        return defect == null
                ? new Succeeded(kept ? json : null, ordered)
                : new Failed(Errors.badResult(defect), new Never());
    }
}
