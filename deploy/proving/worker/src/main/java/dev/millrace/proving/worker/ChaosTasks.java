package dev.millrace.proving.worker;

import dev.millrace.task.Retry;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What runs while the world breaks. */
@Singleton
public class ChaosTasks {

    private static final String QUEUE = "chaos";

    private final Journal journal;
    private final Death death;

    /** Payload: the submitter's own number of the job, and how long it runs, in milliseconds. */
    @RegisterForReflection
    public record Work(long n, long ms) {}

    /** The result: the submitter's number again. */
    @RegisterForReflection
    public record Done(long n) {}

    /** The same as {@link Work}, of a job whose first attempts fail. */
    @RegisterForReflection
    public record Frail(long n, long ms, int failures) {}

    ChaosTasks(Journal journal, Death death) {
        this.journal = journal;
        this.death = death;
    }

    @Task(name = "chaos.work", queue = QUEUE, description = "Waits, and writes down its start and its end.")
    public Done work(Work payload, TaskContext run) throws InterruptedException {
        recorded(run, payload.ms(), () -> {});
        return new Done(payload.n());
    }

    @Task(
            name = "chaos.frail",
            queue = QUEUE,
            description = "The same, but fails at first.",
            retry = @Retry(maxAttempts = 10, base = "PT0.2S", max = "PT1S"))
    public void frail(Frail payload, TaskContext run) throws InterruptedException {
        recorded(run, payload.ms(), () -> {
            if (run.attempt() <= payload.failures()) {
                throw new IllegalStateException("attempt " + run.attempt() + " fails, as was asked");
            }
        });
    }

    @Task(name = "chaos.poison", queue = QUEUE, description = "Ends the process that runs it.")
    public void poison(Work payload, TaskContext run) throws InterruptedException {
        recorded(run, payload.ms(), death::now);
    }

    private void recorded(TaskContext run, long ms, Runnable last) throws InterruptedException {
        journal.started(run);
        try {
            run.sleep(Duration.ofMillis(ms));
            last.run();
        } finally {
            journal.stopped(run);
        }
    }
}
