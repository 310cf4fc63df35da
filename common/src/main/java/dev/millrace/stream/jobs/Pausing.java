package dev.millrace.stream.jobs;

import dev.millrace.job.QueueName;
import java.util.Collection;
import java.util.Set;

/** Stops and continues the start of a queue's jobs. */
public interface Pausing {

    /** Lets nothing of a queue start from now on; what runs goes on. */
    void pause(QueueName queue);

    void resume(QueueName queue);

    /** As {@link #pause}, of several, and also while Redis is cold: they are paused before it is opened. */
    void keepPaused(Collection<QueueName> queues);

    /** Those of these queues that are paused. Also while Redis is cold. */
    Set<QueueName> paused(Collection<QueueName> queues);
}
