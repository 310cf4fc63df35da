package dev.millrace.api.service.diagnostics;

import dev.millrace.api.catalog.queues.Queues;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Db;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether all queues are served, and none is long. */
record QueueCheckup(Queues queues, TaskCatalog catalog, Db db) implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String OF_SCHEDULES = """
            select job::json ->> 'queue' as queue, count(*) as schedules from api.schedule
            where removed_at is null and not paused and job::json ->> 'queue' is not null
            group by 1 order by 2 desc limit 100""";

    private record OfSchedules(String queue, long schedules) {}

    @Override
    public String name() {
        return QueueFindings.NAME;
    }

    @Override
    public List<Finding> look() {
        List<QueueName> names = queues.names();
        return new QueueFindings(names.isEmpty() ? List.of() : queues.documents(names), ofTasks(), ofSchedules()).all();
    }

    private Map<String, Set<String>> ofTasks() {
        Map<String, Set<String>> tasks = new TreeMap<>();
        catalog.tasks()
                .values()
                .forEach(task -> tasks.computeIfAbsent(task.queue().value(), queue -> new TreeSet<>())
                        .add(task.name().value()));
        return tasks;
    }

    private Map<String, Long> ofSchedules() {
        Map<String, Long> schedules = new HashMap<>();
        db.session(
                        LIMIT,
                        tx -> tx.list(
                                row -> new OfSchedules(row.getString("queue"), row.getLong("schedules")), OF_SCHEDULES))
                .forEach(one -> schedules.put(one.queue(), one.schedules()));
        return schedules;
    }
}
