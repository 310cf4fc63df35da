package dev.millrace.bench.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many work, and how.
 *
 * @param workers processes, at least 1
 * @param slots jobs that each runs at once; without it the worker's default
 * @param prefetch jobs that each holds besides; without it the worker's default
 * @param queues that they serve
 */
public record PoolSize(int workers, OptionalInt slots, OptionalInt prefetch, List<String> queues) {

    public PoolSize {
        queues = List.copyOf(queues);
    }

    /** The same with other slots. */
    public PoolSize withSlots(int other) {
        return new PoolSize(workers, OptionalInt.of(other), prefetch, queues);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        slots.ifPresent(number -> environment.put("MILLRACE_WORKER_SLOTS", Integer.toString(number)));
        prefetch.ifPresent(number -> environment.put("MILLRACE_WORKER_PREFETCH", Integer.toString(number)));
        environment.put("MILLRACE_WORKER_SERVE", String.join(",", queues));
        return environment;
    }
}
