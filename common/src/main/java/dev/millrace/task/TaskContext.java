package dev.millrace.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One run of a job, as its task sees it. May be used from any thread while the run lasts. */
public interface TaskContext {

    UUID jobId();

    /** Failures so far plus one: 1 on the first attempt. */
    int attempt();

    /** How many failures end the job, 1 or more: on the last attempt the two are equal. */
    int maxAttempts();

    /**
     * How often the job was put on its queue, from 1: grows after a failure or a snooze, when it was handed back or requeued,
     * and when Redis had lost it. A worker that dies does not put it back: another one goes on with the same run, as its next
     * {@link #delivery}.
     */
    long run();

    /**
     * How often this run was given to a worker, from 1: greater if others had it before and died, or were silent for longer
     * than their lease. Only if this or {@link #run} is greater than 1 may the task have run before, or still run elsewhere.
     */
    int delivery();

    /**
     * Grows with every start of this job, wherever it runs. Store it beside what the task writes and refuse a smaller
     * one, and a run that was replaced while it was paused can do no harm.
     */
    long fencingToken();

    String queue();

    String tenant();

    /** What the submitting request carried for the task: {@code traceparent}, and the job's metadata that are strings. */
    Map<String, String> headers();

    /** When this run is interrupted for good and the job ends TIMED_OUT, by this worker's clock. */
    Instant deadline();

    /** When this run is asked to come to an end; {@link #deadline} if there is no soft limit. */
    Instant softDeadline();

    /**
     * Whether this run should come to an end: its job was cancelled, its soft limit has passed, another worker has taken
     * the job over, or this worker is stopping and its grace is over. Stays true once it is. The thread of the run is
     * interrupted at the same moment, once; what the task then does to clean up is not disturbed again, unless the
     * {@link #deadline} comes or the job is taken from this worker for good. A task that computes without waiting looks here now and then.
     *
     * <p>A cancel reaches a running task within a second while Redis answers. A cancelled job ends CANCELLED unless its
     * run succeeds all the same: then the cancel came too late.
     */
    boolean cancelled();

    /**
     * Waits on any thread, and stops waiting as soon as the run is {@link #cancelled}. Once it has thrown, it waits again
     * when it is called again.
     *
     * @throws SoftTimeLimitExceeded if the soft limit has passed, unless that was thrown before
     * @throws InterruptedException if the run is to end for another reason, or its thread was interrupted
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Reports how far the run is; shown by the API and on its event streams. Never blocks: at most five reports a
     * second are passed on, the latest wins, and the last one before the end is kept.
     *
     * @param current 0 or more, in units of the task's choice
     * @param total 0 or more, in the same unit; 0 when it is not known
     * @param message one line for people, or null
     * @throws IllegalArgumentException if a number is negative
     * @throws SoftTimeLimitExceeded if the soft limit has passed, unless that was thrown before
     */
    void progress(long current, long total, @Nullable String message);

    /** Writes log lines that carry the job's id, task, queue and attempt. */
    Logger logger();
}
