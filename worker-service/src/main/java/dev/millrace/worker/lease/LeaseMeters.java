package dev.millrace.worker.lease;

import dev.millrace.job.QueueName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the jobs that came here otherwise than by being taken. */
public final class LeaseMeters {

    private final MeterRegistry registry;
    private final Map<QueueName, Counter> reclaimed = new ConcurrentHashMap<>();
    private final Map<QueueName, Counter> adopted = new ConcurrentHashMap<>();
    private final Map<QueueName, Counter> suspects = new ConcurrentHashMap<>();
    private final Counter foundDead;

    public LeaseMeters(MeterRegistry registry, Collection<QueueName> queues) {
        this.registry = registry;
        queues.forEach(this::expect);
        this.foundDead = Counter.builder("millrace_workers_found_dead")
                .description("Workers whose lease ended since their connection was gone")
                .register(registry);
    }

    /** Has the queue's counters stand at nothing instead of missing. */
    public void expect(QueueName queue) {
        reclaimed(queue, 0);
        adopted(queue, 0);
        count(suspects, queue, 0, "millrace_suspects_run", "Jobs run alone after two workers died");
    }

    void foundDead() {
        foundDead.increment();
    }

    void reclaimed(QueueName queue, int jobs) {
        count(reclaimed, queue, jobs, "millrace_jobs_reclaimed", "Jobs taken over from workers that were gone");
    }

    void adopted(QueueName queue, int jobs) {
        count(adopted, queue, jobs, "millrace_jobs_adopted", "Jobs given to this worker in a lost reply");
    }

    void suspect(QueueName queue) {
        count(suspects, queue, 1, "millrace_suspects_run", "Jobs run alone after two workers died");
    }

    private void count(Map<QueueName, Counter> counters, QueueName queue, int jobs, String name, String description) {
        counters.computeIfAbsent(
                        queue,
                        any -> Counter.builder(name)
                                .tag("queue", queue.value())
                                .description(description)
                                .register(registry))
                .increment(jobs);
    }
}
