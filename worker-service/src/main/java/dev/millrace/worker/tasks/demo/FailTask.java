package dev.millrace.worker.tasks.demo;

import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Goes wrong as its payload asks. */
@ApplicationScoped
public class FailTask {

    private static final Duration UNTIL_INTERRUPTED = Duration.ofDays(365);

    private final Crash crash;

    FailTask(Crash crash) {
        this.crash = crash;
    }

    @Task(name = "demo.fail", timeout = "PT1M", description = "Fails its first attempts in the way it is told to.")
    public AttemptCount fail(Fail payload, TaskContext context) throws InterruptedException {
        if (payload.failsAttempt(context.attempt())) {
            failAsTold(payload, context);
        }
        return new AttemptCount(context.attempt());
    }

    private void failAsTold(Fail payload, TaskContext context) throws InterruptedException {
        switch (payload.kindOrDefault()) {
            case RETRYABLE -> throw new RetryableDemoFailure(payload.message());
            case PERMANENT -> throw new PermanentDemoFailure(payload.message());
            case TIMEOUT -> context.sleep(UNTIL_INTERRUPTED);
            case CRASH -> crash.now();
        }
    }
}
