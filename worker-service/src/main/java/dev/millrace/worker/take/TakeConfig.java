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

    /** Jobs of one queue that run at once, at least 1. */
    @WithDefault("16")
    int slots();

    /**
     * Jobs of one queue that wait here for a slot, 0 or more. By default it follows their pace, from 1 to 250: what waits here
     * waits for this worker.
     */
    OptionalInt prefetch();

    /** Settings of single queues, by name. */
    Map<String, Queue> queue();

    /** What one queue has of its own. */
    interface Queue {

        OptionalInt slots();

        OptionalInt prefetch();
    }
}
