package dev.millrace.worker.take;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a worker serves, and how much at once. */
@ConfigMapping(prefix = "millrace.worker")
public interface TakeConfig {

    /** The queues it serves; default: the queues of its own tasks. */
    Optional<List<String>> serve();

    /** Jobs of one queue that run at once, at least 1, unless somebody sets another number for the queue. */
    @WithDefault("16")
    int slots();

    /**
     * Jobs that run at once of all queues together which have no slots of their own, at least 1. Without it each queue has {@link
     * #slots} for itself.
     */
    OptionalInt sharedSlots();

    /**
     * Jobs of one queue that wait here for a slot, 0 or more. By default it follows their pace, from 1 to 250: what waits here
     * waits for this worker.
     */
    OptionalInt prefetch();

    /** Settings of single queues, by name. */
    Map<String, Queue> queue();

    /** What one queue has of its own. */
    interface Queue {

        /** Jobs of it that run at once, which it has for itself, and which nobody sets from elsewhere. */
        OptionalInt slots();

        OptionalInt prefetch();
    }
}
