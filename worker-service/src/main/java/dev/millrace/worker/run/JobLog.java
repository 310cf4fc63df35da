package dev.millrace.worker.run;

import dev.millrace.job.Job;
import org.jboss.logging.MDC;

/** Puts a job's identity on every line that its thread logs. */
final class JobLog {

    private JobLog() {}

    static void enter(Job job) {
        MDC.put("jobId", job.id().toString());
        MDC.put("task", job.task().value());
        MDC.put("queue", job.queue().value());
        MDC.put("attempt", Integer.toString(job.attempt()));
    }

    static void leave() {
        MDC.clear();
    }
}
