package dev.millrace.worker.take;

import dev.millrace.worker.policy.PolicyConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a worker serves, how much at once, and how long it may be silent. */
@ConfigMapping(prefix = "millrace.worker")
public interface WorkerConfig {

    /** The queues it serves; default: the queues of its own tasks. */
    Optional<List<String>> serve();

    /** Jobs of one queue that run at once, at least 1. */
    @WithDefault("16")
    int slots();

    /** Jobs of one queue that wait here for a slot, 0 or more. With long jobs, few: what waits here waits for this worker. */
    @WithDefault("4")
    int prefetch();

    /** Terms of jobs whose task and own request leave them open. */
    @WithParentName
    PolicyConfig terms();

    /** Settings of single queues, by name. */
    Map<String, Queue> queue();

    /** After this time without a renewal others take its jobs over; at least three times {@link #renew}. */
    @WithDefault("PT15S")
    Duration lease();

    /** The time between two renewals. */
    @WithDefault("PT5S")
    Duration renew();

    /** The time between two looks for abandoned jobs, on average. */
    @WithDefault("PT2S")
    Duration sweep();

    /** How long running jobs may go on after SIGTERM before they are interrupted and handed back. */
    @WithDefault("PT25S")
    Duration grace();

    /** What one queue has of its own. */
    interface Queue {

        OptionalInt slots();

        OptionalInt prefetch();

        /** Go before those of the worker. */
        @WithParentName
        PolicyConfig terms();
    }
}
