package dev.millrace.stream.jobs;

import dev.millrace.job.QueueName;

/** Stops and continues the start of a queue's jobs. */
public interface Pausing {

    /** Lets nothing of a queue start from now on; what runs goes on. */
    void pause(QueueName queue);

    void resume(QueueName queue);
}
