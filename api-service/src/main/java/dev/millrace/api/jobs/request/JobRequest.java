package dev.millrace.api.jobs.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.job.JobId;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.util.List;
import java.util.Optional;

/** What a client asks for, in the right types; whether the task and the queue exist is not known yet. */
public record JobRequest(
        TaskName task,
        JsonNode payload,
        Optional<JobId> id,
        Optional<QueueName> queue,
        int priority,
        DueTime due,
        DueTime expiry,
        PolicyOverride policy,
        List<String> tags,
        JsonNode metadata,
        boolean ignoreResult) {}
