package dev.millrace.worker.run;

import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.task.TaskContext;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The context of one run. */
final class RunContext implements TaskContext {

    private static final int MAX_MESSAGE = 500;

    private final JobRun run;
    private final Instant deadline;
    private final Logger logger;

    RunContext(JobRun run, Instant deadline, Logger logger) {
        this.run = run;
        this.deadline = deadline;
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
        return job().tenant();
    }

    @Override
    public Map<String, String> headers() {
        return job().headers();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public void progress(long current, long total, @Nullable String message) {
        if (current < 0 || total < 0) {
            throw new IllegalArgumentException(
                    "Progress is counted from 0; it is not %d of %d.".formatted(current, total));
        }
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
