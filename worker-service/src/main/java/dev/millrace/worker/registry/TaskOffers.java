package dev.millrace.worker.registry;

import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.TaskName;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a worker announces about its tasks when it joins. */
@Singleton
public final class TaskOffers {

    private final TaskRegistry registry;
    private final Map<TaskName, Schemas> schemas = new HashMap<>();

    private record Schemas(String payload, String result) {}

    /** Makes the schemas: tens of milliseconds. */
    public TaskOffers(TaskRegistry registry) {
        this.registry = registry;
        TaskSchemas made = new TaskSchemas();
        registry.all().forEach(task -> schemas.put(task.name(), new Schemas(made.payload(task), made.result(task))));
    }

    /** One for each task, ordered by name, with the policy that it has here. */
    public List<TaskOffered> of(String worker, Function<TaskDefinition, ExecutionPolicy> policy) {
        return registry.all().stream()
                .map(task -> offer(worker, task, policy.apply(task)))
                .toList();
    }

    /** The schemas of all payloads. */
    public Map<TaskName, String> payloadSchemas() {
        return schemas.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, task -> task.getValue().payload()));
    }

    private TaskOffered offer(String worker, TaskDefinition task, ExecutionPolicy policy) {
        Schemas of = Objects.requireNonNull(schemas.get(task.name()));
        return new TaskOffered(
                worker,
                task.name(),
                task.queue(),
                task.description(),
                of.payload(),
                of.result(),
                policy,
                task.idempotent());
    }
}
