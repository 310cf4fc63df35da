package dev.millrace.worker.registry;

import dev.millrace.fleet.WorkerNews.TaskOffered;
import jakarta.inject.Singleton;
import java.util.List;

/** What a worker announces about its tasks when it joins. */
@Singleton
public final class TaskOffers {

    private final TaskRegistry registry;
    private final TaskSchemas schemas = new TaskSchemas();

    public TaskOffers(TaskRegistry registry) {
        this.registry = registry;
    }

    /** One for each task, ordered by name. The first call makes the schemas: tens of milliseconds. */
    public List<TaskOffered> of(String worker) {
        return registry.all().stream().map(task -> offer(worker, task)).toList();
    }

    private TaskOffered offer(String worker, TaskDefinition task) {
        return new TaskOffered(
                worker,
                task.name(),
                task.queue(),
                task.description(),
                schemas.payload(task),
                schemas.result(task),
                task.timeout(),
                task.idempotent());
    }
}
