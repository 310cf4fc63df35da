package dev.millrace.bench.worker;

import dev.millrace.task.Task;
import dev.millrace.time.Time;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What is run while it is measured. */
@Singleton
public class BenchTasks {

    private static final String QUEUE = "bench";

    private final Records records;
    private final Time time;

    /** Payload of a job that does nothing: about 200 bytes of JSON. */
    @RegisterForReflection
    public record Letter(String to, String body) {}

    /** Payload of a job whose start is looked at; {@code id} is the submitter's, -1 for one that only warms up. */
    @RegisterForReflection
    public record Numbered(long id) {}

    /** Payload of a job that waits for something else, as most jobs do. */
    @RegisterForReflection
    public record Wait(long ms) {}

    /** Payload of a job that is long enough to be killed in the middle. */
    @RegisterForReflection
    public record NumberedWait(long id, long ms) {}

    BenchTasks(Records records, Time time) {
        this.records = records;
        this.time = time;
    }

    @Task(name = "bench.noop", queue = QUEUE, description = "Counts its calls.")
    public void noop(Letter payload) {
        records.count();
    }

    @Task(name = "bench.stamp", queue = QUEUE, description = "Writes down when it was called.")
    public void stamp(Numbered payload) {
        records.stamp(payload.id());
    }

    @Task(name = "bench.sleep", queue = QUEUE, description = "Sleeps, then counts.")
    public void sleep(Wait payload) throws InterruptedException {
        time.pause().of(Duration.ofMillis(payload.ms()));
        records.count();
    }

    @Task(name = "bench.slow", queue = QUEUE, description = "Writes down its start, sleeps, writes down its end.")
    public void slow(NumberedWait payload) throws InterruptedException {
        records.mark("start", payload.id());
        time.pause().of(Duration.ofMillis(payload.ms()));
        records.mark("end", payload.id());
    }
}
