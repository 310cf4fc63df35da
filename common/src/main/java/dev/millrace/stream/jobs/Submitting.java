package dev.millrace.stream.jobs;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import java.time.Instant;
import java.util.List;

/** Puts jobs on the lanes of their queues, and on the delays. */
public interface Submitting extends ServerClock {

    /** How an enqueue treats a job that seems to be there already. */
    enum Mode {
        /** A live marker means that the job is there. */
        SUBMIT,
        /** A live marker whose entry or timer is gone, or can no longer be delivered, is replaced by the next run. */
        RECONCILE
    }

    /** What became of one job of an enqueue. */
    enum Admission {
        OK,
        /** It is there already. */
        DUPLICATE,
        /** This run, or a later one, has ended. */
        ENDED,
        /** Its band or Redis holds as much as it may, or the key is no stream. Nothing was written; there may be room later. */
        FULL,
        /** The caller's {@code asOf} is older than 10 s, or more than 1 s ahead. Nothing was written. */
        LATE
    }

    /**
     * Puts jobs on the lanes of their queues and bands, and those that are due later on the delays. {@code asOf} is Redis's
     * time of before they were read.
     */
    List<Admission> enqueue(Mode mode, Instant asOf, List<Job> jobs);

    /** How many entries a band holds, waiting and running; {@code Long.MAX_VALUE} if its key is no stream. */
    long live(QueueName queue, Band band);
}
