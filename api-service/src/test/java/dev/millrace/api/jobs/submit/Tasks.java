package dev.millrace.api.jobs.submit;

import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The tasks that a worker has offered before the tests begin. */
public final class Tasks {

    private static final String WORKER = "w1";

    private Tasks() {}

    /** {@code demo.echo}, which wants {@code {value}}, on {@code default}; {@code mail.send} too, which is routed away. */
    public static void offer(TaskCatalog catalog) {
        catalog.apply(List.of(
                entry(
                        1,
                        new Joined(
                                WORKER,
                                "mailer",
                                "host",
                                1,
                                "0.1.0",
                                Mode.JVM,
                                Instant.EPOCH,
                                Map.of(new QueueName("mail"), 4, new QueueName("other"), 4))),
                entry(2, task("demo.echo", "{\"type\":\"object\",\"required\":[\"value\"]}")),
                entry(3, task("mail.send", "{\"type\":\"object\"}"))));
    }

    private static TaskOffered task(String name, String schema) {
        return new TaskOffered(
                WORKER, new TaskName(name), new QueueName("default"), "", schema, "{}", ExecutionPolicy.DEFAULT, true);
    }

    private static FleetEntry entry(long at, WorkerEvent event) {
        return new FleetEntry(new EntryId(at, 0), event);
    }
}
