package dev.millrace.worker.run;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.loop.Pause;
import dev.millrace.task.SoftTimeLimitExceeded;
import dev.millrace.task.TaskContext;
import dev.millrace.worker.run.StopSignal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The context of one run. */
final class RunContext implements TaskContext {

    private static final int MAX_MESSAGE = 500;

    private final JobRun run;
    private final ExecutionPolicy terms;
    private final Instant started;
    private final Pause pause;
    private final AtomicBoolean softLimitTold = new AtomicBoolean();
    private final AtomicBoolean waitBroken = new AtomicBoolean();
    private final Logger logger;

    RunContext(JobRun run, ExecutionPolicy terms, Instant started, Pause pause, Logger logger) {
        this.run = run;
        this.terms = terms;
        this.started = started;
        this.pause = pause;
        this.logger = logger;
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
        return terms.retry().maxAttempts();
    }

    @Override
    public long run() {
        return job().run();
    }

    @Override
    public long fencingToken() {
        return run.delivery().token().packed();
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
    public Instant deadline() {
        return started.plus(terms.timeout());
    }

    @Override
    public Instant softDeadline() {
        Duration soft = terms.softTimeout();
        return soft == null ? deadline() : started.plus(soft);
    }

    @Override
    public boolean cancelled() {
        return run.stopSignal().isAsked();
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
            asked = run.stopSignal().awaitAsked(duration);
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
            tellSoftLimit();
        }
    }

    /** The interrupt that came with the limit is taken back: what the task does to clean up may wait. */
    private void tellSoftLimit() {
        Duration soft = terms.softTimeout();
        if (soft != null
                && run.stopSignal().isAskedFor(Reason.SOFT_LIMIT)
                && softLimitTold.compareAndSet(false, true)) {
            waitBroken.set(true);
            run.takeBackInterrupt();
            throw new SoftTimeLimitExceeded(soft);
        }
    }

    @Override
    public void progress(long current, long total, @Nullable String message) {
        if (current < 0 || total < 0) {
            throw new IllegalArgumentException(
                    "Progress is counted from 0; it is not %d of %d.".formatted(current, total));
        }
        tellSoftLimit();
        run.report(new Progress(current, total, Errors.clean(message, MAX_MESSAGE)));
    }

    @Override
    public Logger logger() {
        return logger;
    }

    private Job job() {
        return run.delivery().job();
    }
}
