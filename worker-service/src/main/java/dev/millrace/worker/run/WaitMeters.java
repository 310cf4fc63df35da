package dev.millrace.worker.run;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Histograms;
import dev.millrace.worker.settle.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures how long jobs waited: from when an entry was written, by Redis's clock, until its start, by this machine's. */
public final class WaitMeters implements RunInterceptor {

    private final MeterRegistry registry;
    private final Map<QueueName, Timer> waits = new ConcurrentHashMap<>();

    public WaitMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Has the queue's meter stand at nothing instead of missing until its first run. */
    public void expect(QueueName queue) {
        waits.computeIfAbsent(queue, this::wait);
    }

    @Override
    public Outcome around(TaskExecution execution, Step next) {
        waited(execution.run().delivery(), execution.started());
        return next.run(execution);
    }

    private void waited(Delivery delivery, Instant started) {
        Duration waited =
                Duration.ofMillis(started.toEpochMilli() - delivery.entry().millis());
        waits.computeIfAbsent(delivery.job().queue(), this::wait).record(waited.isNegative() ? Duration.ZERO : waited);
    }

    private Timer wait(QueueName queue) {
        return Histograms.named("millrace_jobs_wait", "From when a job could be taken until its task began")
                .tag("queue", queue.value())
                .register(registry);
    }
}
