package dev.millrace.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    /** Where this job is a member of a workflow; empty if it is none. */
    Optional<WorkflowPlace> place();

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
     * <p>While a job goes through a chunk of payloads, what is shown is how many of them are done, with the message.
     *
     * @param current 0 or more, in units of the task's choice
     * @param total 0 or more, in the same unit; 0 when it is not known
     * @param message one line for people, or null
     * @throws IllegalArgumentException if a number is negative
     * @throws SoftTimeLimitExceeded if the soft limit has passed, unless that was thrown before
     */
    void progress(long current, long total, @Nullable String message);

    /**
     * Orders a job, which is made <b>if and only if the success of this run is recorded</b>, or it was {@link #flush flushed}: a run that fails, is cancelled, is
     * put off or has lost its job to another worker leaves none, and nothing that is lost on the way parts the job from this
     * one's success. Never blocks. The job is there some milliseconds after this one is SUCCEEDED, and has it as its {@code
     * parentId}.
     *
     * <p>The id is made of this job's and the order's key, so that a job that runs twice makes each of its jobs once; the one
     * that was made first stays, whatever is ordered later under its key. Ordering under a key that this run has used
     * already orders nothing more.
     *
     * @return the id that the job has, or will have
     * @throws IllegalArgumentException if the order cannot be written as JSON
     * @throws IllegalStateException if this run has ordered 1,000 jobs, if its orders would have more than 256 KiB of JSON
     *     together, or if its task has returned already; what was ordered before stands
     */
    UUID submit(JobOrder order);

    /**
     * Has what was ordered so far made now, <b>whatever becomes of this run</b>: for tasks that take long and feed others. Waits for Redis to
     * have it, for seconds at most. If Redis is away, it is made with the next flush or the end, since the end tells of all
     * orders again; what was made before is not made twice. Nothing is flushed once another worker has the job.
     *
     * @throws IllegalStateException if its task has returned already
     */
    void flush();

    /** Writes log lines that carry the job's id, task, queue and attempt. */
    Logger logger();
}
