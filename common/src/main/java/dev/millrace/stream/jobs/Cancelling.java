package dev.millrace.stream.jobs;

import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import java.util.List;

/** Ends jobs that wait, and flags those that a worker has. */
public interface Cancelling {

    /**
     * A wish that a job end without running, or without running on.
     *
     * @param queue on whose lanes it is, if it is on one
     * @param run the latest run that the caller knows of
     * @param reason {@link JobState#CANCELLED} or {@link JobState#EXPIRED}
     */
    record Cancel(JobId job, QueueName queue, long run, JobState reason) {

        public Cancel {
            if (reason != JobState.CANCELLED && reason != JobState.EXPIRED) {
                throw new IllegalArgumentException("A job is cancelled CANCELLED or EXPIRED, not " + reason + ".");
            }
        }
    }

    /** What became of a cancel. */
    enum Cancellation {
        /** It waited, and has ended with the reason; an event tells. */
        CANCELLED,
        /** A worker has it, and learns of the cancel at its next renewal. Whatever it does but succeed ends CANCELLED. */
        FLAGGED,
        /** A worker has it, so that its expiry, or a purge, changes nothing. */
        HELD,
        /** This run, or a later one, had ended before; also after a lost reply of CANCELLED. */
        ENDED,
        /** It was nowhere. For 20 s an enqueue of this run answers ENDED. */
        NONE
    }

    /** Ends jobs that wait, wherever they wait, and flags those that a worker has. */
    List<Cancellation> cancel(List<Cancel> cancels);

    /** Ends jobs that wait, wherever they wait, and lets those alone that a worker has: they are HELD. */
    List<Cancellation> purge(List<Cancel> cancels);
}
