package dev.millrace.worker.lease;

import dev.millrace.job.QueueName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts the jobs that came here otherwise than by being taken. */
public final class LeaseMeters {

    private final Map<QueueName, Counter> reclaimed;
    private final Map<QueueName, Counter> adopted;
    private final Map<QueueName, Counter> suspects;
    private final Counter foundDead;

    public LeaseMeters(MeterRegistry registry, Collection<QueueName> queues) {
        this.reclaimed =
                counters(registry, queues, "millrace_jobs_reclaimed", "Jobs taken over from workers that were gone");
        this.adopted = counters(registry, queues, "millrace_jobs_adopted", "Jobs given to this worker in a lost reply");
        this.suspects = counters(registry, queues, "millrace_suspects_run", "Jobs run alone after two workers died");
        this.foundDead = Counter.builder("millrace_workers_found_dead")
                .description("Workers whose lease ended since their connection was gone")
                .register(registry);
    }

    void foundDead() {
        foundDead.increment();
    }

    void reclaimed(QueueName queue, int jobs) {
        count(reclaimed, queue, jobs);
    }

    void adopted(QueueName queue, int jobs) {
        count(adopted, queue, jobs);
    }

    void suspect(QueueName queue) {
        count(suspects, queue, 1);
    }

    private static void count(Map<QueueName, Counter> counters, QueueName queue, int jobs) {
        Counter counter = counters.get(queue);
        if (counter != null) {
            counter.increment(jobs);
        }
    }

    private static Map<QueueName, Counter> counters(
            MeterRegistry registry, Collection<QueueName> queues, String name, String description) {
        return queues.stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        queue -> Counter.builder(name)
                                .tag("queue", queue.value())
                                .description(description)
                                .register(registry)));
    }
}
