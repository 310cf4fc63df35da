package dev.millrace.api.catalog.queues;

import dev.millrace.job.QueueName;

/** What jobs of a queue have that do not say it themselves. Answered from memory. */
@FunctionalInterface
public interface QueueDefaults {

    /** The priority of jobs that name none, on a queue of which nobody said otherwise. */
    int PRIORITY = 5;

    /** The priority of a job that names none, 1 to 10. */
    int priority(QueueName queue);
}
