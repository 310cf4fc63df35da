package dev.millrace.worker.run;

import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.sensitive.Secrets;
import dev.millrace.task.JobOrder;
import dev.millrace.task.SoftTimeLimitExceeded;
import dev.millrace.task.TaskContext;
import dev.millrace.task.WorkflowPlace;
import dev.millrace.time.Time.Pause;
import dev.millrace.worker.held.StopSignal.Reason;
import dev.millrace.worker.held.TaskExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The context of one run. */
final class RunContext implements TaskContext {

    private static final int MAX_MESSAGE = 500;

    private final TaskExecution execution;
    private final Orders orders;
    private final Pause pause;
    private final AtomicBoolean softLimitSignalled = new AtomicBoolean();
    private final AtomicBoolean waitBroken = new AtomicBoolean();
    private final Logger logger;
    private final Secrets secrets;
    private volatile @Nullable Reached reached;

    /** How far a chunk is. */
    private record Reached(int done, int total) {}

    RunContext(TaskExecution execution, Orders orders, Pause pause, Logger logger, Secrets secrets) {
        this.execution = execution;
        this.orders = orders;
        this.pause = pause;
        this.logger = logger;
        this.secrets = secrets;
    }

    @Override
    public UUID jobId() {
        return job().id().uuid();
    }

    @Override
    public int attempt() {
        return job().attempt();
    }

    @Override
    public int maxAttempts() {
        return execution.policy().retry().maxAttempts();
    }

    @Override
    public long run() {
        return job().run();
    }

    @Override
    public int delivery() {
        return execution.run().delivery().token().delivery();
    }

    @Override
    public long fencingToken() {
        return execution.run().delivery().token().packed();
    }

    @Override
    public String queue() {
        return job().queue().value();
    }

    @Override
    public String tenant() {
        return job().spec().tenant();
    }

    @Override
    public Map<String, String> headers() {
        return job().spec().headers();
    }

    @Override
    public Optional<WorkflowPlace> place() {
        return Optional.ofNullable(job().spec().place())
                .map(place -> new WorkflowPlace(place.workflow(), place.node(), place.index()));
    }

    @Override
    public Instant deadline() {
        return execution.started().plus(execution.policy().timeout());
    }

    @Override
    public Instant softDeadline() {
        Duration soft = execution.policy().softTimeout();
        return soft == null ? deadline() : execution.started().plus(soft);
    }

    @Override
    public boolean cancelled() {
        return execution.run().stopSignal().isAsked();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (waitBroken.get()) {
            pause.of(duration);
        } else {
            sleepUnlessAsked(duration);
        }
    }

    private void sleepUnlessAsked(Duration duration) throws InterruptedException {
        boolean asked;
        try {
            asked = execution.run().stopSignal().awaitAsked(duration);
        } catch (InterruptedException interrupted) {
            breakWait();
            throw interrupted;
        }
        if (asked) {
            breakWait();
            throw new InterruptedException("The run is to come to an end.");
        }
    }

    private void breakWait() {
        if (cancelled()) {
            waitBroken.set(true);
            signalSoftLimit();
        }
    }

    /** The interrupt that came with the limit is taken back: what the task does to clean up may wait. */
    private void signalSoftLimit() {
        Duration soft = execution.policy().softTimeout();
        if (soft != null
                && execution.run().stopSignal().isAskedFor(Reason.SOFT_LIMIT)
                && softLimitSignalled.compareAndSet(false, true)) {
            waitBroken.set(true);
            execution.run().takeBackInterrupt();
            throw new SoftTimeLimitExceeded(soft);
        }
    }

    /** So many of the payloads of a chunk are done; from then on that is its progress. */
    void reached(int done, int total) {
        reached = new Reached(done, total);
        progress(done, total, null);
    }

    @Override
    public void progress(long current, long total, @Nullable String message) {
        if (current < 0 || total < 0) {
            throw new IllegalArgumentException(
                    "Progress is counted from 0; it is not %d of %d.".formatted(current, total));
        }
        signalSoftLimit();
        String shown = message == null ? null : secrets.maskedIn(message);
        Reached chunk = reached;
        execution
                .run()
                .reports()
                .progress(new Progress(
                        chunk == null ? current : chunk.done(),
                        chunk == null ? total : chunk.total(),
                        Errors.clean(shown, MAX_MESSAGE)));
    }

    @Override
    public UUID submit(JobOrder order) {
        return orders.add(order).uuid();
    }

    @Override
    public void flush() {
        orders.flush();
    }

    @Override
    public Logger logger() {
        return logger;
    }

    private Job job() {
        return execution.job();
    }
}
