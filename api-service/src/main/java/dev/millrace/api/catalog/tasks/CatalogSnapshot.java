package dev.millrace.api.catalog.tasks;

import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalog at one version. Immutable. The tasks' workers are all that offer them, also those not heard of lately. */
record CatalogSnapshot(long version, NavigableMap<TaskName, TaskInfo> tasks, Set<QueueName> queues) {

    static final CatalogSnapshot EMPTY = new CatalogSnapshot(-1, new TreeMap<>(), Set.of());

    CatalogSnapshot {
        tasks = Collections.unmodifiableNavigableMap(new TreeMap<>(tasks));
        queues = Set.copyOf(queues);
    }

    static CatalogSnapshot of(long version, List<TaskInfo> tasks, Set<QueueName> queues) {
        return new CatalogSnapshot(
                version,
                tasks.stream()
                        .collect(Collectors.toMap(
                                TaskInfo::name, Function.identity(), (one, other) -> other, TreeMap::new)),
                queues);
    }

    /** The same with only those workers that are there. */
    CatalogSnapshot among(Set<String> live) {
        NavigableMap<TaskName, TaskInfo> seen = new TreeMap<>();
        tasks.forEach((name, task) -> seen.put(name, task.among(live)));
        return new CatalogSnapshot(version, seen, queues);
    }
}
