package dev.millrace.worker.take;

import dev.millrace.job.QueueName;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A queue this worker serves.
 *
 * @param slots jobs that run at once, at least 1
 * @param prefetch jobs that may wait here for a slot, 0 or more; empty to let it follow their pace
 */
public record Serving(QueueName queue, int slots, OptionalInt prefetch) {

    public Serving {
        if (slots < 1 || prefetch.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "Queue '%s' needs millrace.worker.slots of at least 1 and millrace.worker.prefetch of at least 0, not %d and %d."
                            .formatted(queue, slots, prefetch.orElse(0)));
        }
    }

    /** As configured; without a choice, the queues of the worker's own tasks. */
    public static List<Serving> of(TakeConfig config, TaskRegistry registry) {
        Collection<QueueName> queues = config.serve()
                .map(names -> names.stream().map(QueueName::new).toList())
                .orElseGet(
                        () -> registry.all().stream().map(TaskDefinition::queue).toList());
        return queues.stream()
                .distinct()
                .sorted()
                .map(queue -> of(config, queue))
                .toList();
    }

    /** One queue as configured. */
    public static Serving of(TakeConfig config, QueueName queue) {
        Optional<TakeConfig.Queue> own = Optional.ofNullable(config.queue().get(queue.value()));
        int slots = own.map(TakeConfig.Queue::slots).orElse(OptionalInt.empty()).orElse(config.slots());
        OptionalInt prefetch = own.map(TakeConfig.Queue::prefetch)
                .filter(OptionalInt::isPresent)
                .orElse(config.prefetch());
        return new Serving(queue, slots, prefetch);
    }
}
