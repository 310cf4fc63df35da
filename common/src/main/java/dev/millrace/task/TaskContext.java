package dev.millrace.task;

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

    /** Counts every dispatch of the job: grows also when it was handed back or moved, not only after a failure. */
    long run();

    /**
     * Grows with every start of this job, wherever it runs. Store it beside what the task writes and refuse a smaller
     * one, and a run that was replaced while it was paused can do no harm.
     */
    long fencingToken();

    String queue();

    String tenant();

    /** What the submitting request carried for the task: {@code traceparent}, and the job's metadata that are strings. */
    Map<String, String> headers();

    /** When this run is interrupted and the job ends TIMED_OUT. */
    Instant deadline();

    /**
     * Reports how far the run is; shown by the API and on its event streams. Never blocks: at most five reports a
     * second are passed on, the latest wins, and the last one before the end is kept.
     *
     * @param current 0 or more, in units of the task's choice
     * @param total 0 or more, in the same unit; 0 when it is not known
     * @param message one line for people, or null
     * @throws IllegalArgumentException if a number is negative
     */
    void progress(long current, long total, @Nullable String message);

    /** Writes log lines that carry the job's id, task, queue and attempt. */
    Logger logger();
}
