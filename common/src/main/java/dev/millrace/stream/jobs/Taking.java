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

    /**
     * Waits for entries of those of these queues that are not paused, up to {@code n} of each band, and admits them as
     * {@link #start} does. Returns at once with nothing if all are paused, or none of what it found may run; a queue
     * that is paused meanwhile gives up to so many entries once, which go back to their bands.
     */
    List<Delivery> await(List<QueueName> queues, int n, Duration atMost);

    /** Says which entries of one queue may start that were not taken by {@link #take} just now. */
    List<Admit> start(List<Delivery> entries);
}
