package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import java.util.List;
import java.util.Optional;

/** What is known of tasks and queues, for whoever checks a job against it. */
public interface KnownTasks {

    /** Whether anything is known yet. */
    boolean isLoaded();

    /**
     * Passes once something is known.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 503 before, when every task would look unknown
     */
    void requireLoaded();

    Optional<TaskInfo> find(TaskName name);

    /** Whether a worker ever served the queue or a task ever named it. */
    boolean knowsQueue(QueueName queue);

    /** How the payload does not fit the task's schema: at most 20 violations, none if it fits. */
    List<Violation> validate(TaskInfo task, JsonNode payload);
}
