package dev.millrace.worker.registry;

import dev.millrace.job.TaskName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All tasks of this worker, ordered by name. Immutable; a bean that can be injected. */
public final class TaskRegistry {

    private final Map<TaskName, TaskDefinition> byName = new TreeMap<>();

    /** @throws IllegalArgumentException if two tasks have the same name */
    public TaskRegistry(Collection<TaskDefinition> tasks) {
        tasks.forEach(this::add);
    }

    public Optional<TaskDefinition> find(TaskName name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<TaskDefinition> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private void add(TaskDefinition task) {
        if (byName.putIfAbsent(task.name(), task) != null) {
            throw new IllegalArgumentException("Two tasks have the name '" + task.name() + "': rename one.");
        }
    }
}
