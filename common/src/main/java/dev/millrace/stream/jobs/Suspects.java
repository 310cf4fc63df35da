package dev.millrace.stream.jobs;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import java.time.Duration;
import java.util.List;

/** Runs suspects, the jobs whose workers died twice: one at a time, by the holder of the queue's suspect lock. */
public interface Suspects {

    /** How many suspects of a queue wait. */
    long suspects(QueueName queue);

    /** Tries to become, or to remain, the only worker that runs suspects of a queue. */
    boolean holdSuspectLock(QueueName queue, Duration lease);

    void releaseSuspectLock(QueueName queue);

    /** Takes one entry of the suspect lane, for the holder of the suspect lock, while nothing else runs. */
    List<Delivery> takeSuspect(QueueName queue);
}
