package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.util.List;
import java.util.Set;

/**
 * A task as it was last announced.
 *
 * @param queue where jobs go that name no queue
 * @param policy of jobs that set none themselves
 * @param workers ids of the workers that offer it and have sent an event within the last 60 s, in order; may be empty
 */
public record TaskInfo(
        TaskName name,
        QueueName queue,
        String description,
        JsonNode payloadSchema,
        JsonNode resultSchema,
        ExecutionPolicy policy,
        boolean idempotent,
        List<String> workers) {

    public TaskInfo {
        workers = List.copyOf(workers);
    }

    TaskInfo among(Set<String> live) {
        return new TaskInfo(
                name,
                queue,
                description,
                payloadSchema,
                resultSchema,
                policy,
                idempotent,
                workers.stream().filter(live::contains).toList());
    }
}
