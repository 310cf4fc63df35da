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
 * @param origin why it has these slots
 */
public record Serving(QueueName queue, int slots, OptionalInt prefetch, Origin origin) {

    /** Why a queue has its slots. */
    public enum Origin {
        /** As many as any queue has in this worker, of which nothing else is said: what operators set of the queue counts more. */
        USUAL,
        /** This worker's configuration says it of this queue. */
        OWN,
        /** All queues of which nothing else is said have them together. */
        SHARED
    }

    /** One with the slots that any queue has. */
    public Serving(QueueName queue, int slots, OptionalInt prefetch) {
        this(queue, slots, prefetch, Origin.USUAL);
    }

    public Serving {
        if (slots < 1 || prefetch.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "Queue '%s' needs millrace.worker.slots, .shared-slots or .queue.<name>.slots of at least 1 and millrace.worker.prefetch of at least 0, not %d and %d."
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
        OptionalInt ownSlots = own.map(TakeConfig.Queue::slots).orElse(OptionalInt.empty());
        OptionalInt prefetch = own.map(TakeConfig.Queue::prefetch)
                .filter(OptionalInt::isPresent)
                .orElse(config.prefetch());
        if (ownSlots.isPresent()) {
            return new Serving(queue, ownSlots.getAsInt(), prefetch, Origin.OWN);
        }
        return config.sharedSlots().isPresent()
                ? new Serving(queue, config.sharedSlots().getAsInt(), prefetch, Origin.SHARED)
                : new Serving(queue, config.slots(), prefetch, Origin.USUAL);
    }
}
