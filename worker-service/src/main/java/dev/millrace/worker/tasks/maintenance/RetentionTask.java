package dev.millrace.worker.tasks.maintenance;

import dev.millrace.job.JobId;
import dev.millrace.stream.entries.MaintenanceCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.EntryWriter;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Asks for retention. */
@ApplicationScoped
public class RetentionTask {

    private final EntryWriter requests;

    RetentionTask(RedisLink link) {
        this.requests = new EntryWriter(link, StreamNames.maintenance());
    }

    /** Returns when Redis has the request. If the job runs again, the services get it twice and find little to do. */
    @Task(
            name = "maintenance.retention",
            queue = "maintenance",
            timeout = "PT1M",
            description = "Asks all services to delete the records that they are to keep no longer.")
    public RetentionAsked ask(RetentionRequest payload, TaskContext context) {
        requests.write(List.of(MaintenanceCodec.retention(new JobId(context.jobId()))));
        return new RetentionAsked(true);
    }
}
