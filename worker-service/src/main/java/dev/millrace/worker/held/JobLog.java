package dev.millrace.worker.held;

import dev.millrace.job.Job;
import dev.millrace.log.LogContext;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Puts a job on the lines that are about it.
 *
 * @param worker the id of this process
 */
public record JobLog(String worker) {

    /** The fields of lines about this run of a job. */
    public LogContext of(Job job) {
        return new LogContext(Map.of(
                "jobId", job.id().toString(),
                "task", job.task().value(),
                "queue", job.queue().value(),
                "attempt", Integer.toString(job.attempt()),
                "run", Long.toString(job.run()),
                "worker", worker));
    }

    /** Logs as its task does, on whatever thread. */
    public Logger logger(Job job) {
        return new JobLogger(Logger.getLogger("task." + job.task()), of(job));
    }
}
