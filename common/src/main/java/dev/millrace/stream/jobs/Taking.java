package dev.millrace.stream.jobs;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import java.time.Duration;
import java.util.List;

/** Takes entries of queues and starts their runs. */
public interface Taking {

    /** What became of one entry that a worker wanted to start. */
    enum Admit {
        GO,
        /** Not to be run: stale, ended by its expiry or a cancel, or handed back because its queue is paused. */
        DROPPED,
        /** No longer held by this consumer. */
        FENCED
    }

    /** Takes up to {@code n} valid entries of a queue, the bands in order; none while the queue is paused. */
    List<Delivery> take(QueueName queue, int n);

    /** Waits for an entry of those of these queues that are not paused, and starts it as {@link #start} does. */
    List<Delivery> await(List<QueueName> queues, Duration atMost);

    /** Admits entries of one queue that were not taken by {@link #take} just now, and tells of their start. */
    List<Admit> start(List<Delivery> entries);
}
