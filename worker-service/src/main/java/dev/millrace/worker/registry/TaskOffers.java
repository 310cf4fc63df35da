package dev.millrace.worker.registry;

import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.ExecutionPolicy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** What a worker announces about its tasks when it joins. */
@Singleton
public final class TaskOffers {

    private final TaskRegistry registry;
    private final TaskSchemas schemas = new TaskSchemas();

    public TaskOffers(TaskRegistry registry) {
        this.registry = registry;
    }

    /** One for each task, ordered by name, with the policy that it has here. The first call makes the schemas: tens of milliseconds. */
    public List<TaskOffered> of(String worker, Function<TaskDefinition, ExecutionPolicy> policy) {
        return registry.all().stream()
                .map(task -> offer(worker, task, policy.apply(task)))
                .toList();
    }

    private TaskOffered offer(String worker, TaskDefinition task, ExecutionPolicy policy) {
        return new TaskOffered(
                worker,
                task.name(),
                task.queue(),
                task.description(),
                schemas.payload(task),
                schemas.result(task),
                policy,
                task.idempotent());
    }
}
