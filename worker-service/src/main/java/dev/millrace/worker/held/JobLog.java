package dev.millrace.worker.held;

import dev.millrace.job.Job;
import dev.millrace.job.JobPlace;
import dev.millrace.log.LogContext;
import java.util.HashMap;
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
        Map<String, String> fields = new HashMap<>(Map.of(
                "jobId", job.id().toString(),
                "task", job.task().value(),
                "queue", job.queue().value(),
                "attempt", Integer.toString(job.attempt()),
                "run", Long.toString(job.run()),
                "worker", worker));
        JobPlace place = job.spec().place();
        if (place != null) {
            fields.put("workflow", place.workflow().toString());
            fields.put("node", place.node());
            fields.put("index", Integer.toString(place.index()));
        }
        return new LogContext(fields);
    }

    /** Logs as its task does, on whatever thread. */
    public Logger logger(Job job) {
        return new JobLogger(Logger.getLogger("task." + job.task()), of(job));
    }
}
