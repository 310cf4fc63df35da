package dev.millrace.api.catalog.tasks;

import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Left;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Entries of the fleet stream as tests need them; {@code at} is their place on it. */
final class Entries {

    static final String ANY_OBJECT = "{\"type\":\"object\"}";

    static final ExecutionPolicy TERMS = new ExecutionPolicy(
            Duration.ofSeconds(90),
            Duration.ofSeconds(80),
            new RetryPolicy(
                    7, new Backoff(BackoffType.FIXED, Duration.ofMillis(1500), 1.5, Duration.ofHours(1), Jitter.NONE)));

    private Entries() {}

    static FleetEntry joined(long at, String worker, String queue) {
        return entry(
                at,
                new Joined(
                        worker, worker, "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of(new QueueName(queue), 4)));
    }

    static FleetEntry offered(long at, String worker, String task) {
        return offered(at, worker, task, ANY_OBJECT);
    }

    static FleetEntry offered(long at, String worker, String task, String payloadSchema) {
        return entry(
                at,
                new TaskOffered(
                        worker,
                        new TaskName(task),
                        new QueueName("default"),
                        "Told at " + at + ".",
                        payloadSchema,
                        "{\"type\":\"null\"}",
                        TERMS,
                        true));
    }

    static FleetEntry beat(long at, String worker) {
        return entry(at, new Beat(worker, State.RUNNING, 0, 0, Map.of(), 0));
    }

    static FleetEntry left(long at, String worker) {
        return entry(at, new Left(worker, Optional.empty()));
    }

    private static FleetEntry entry(long at, WorkerEvent event) {
        return new FleetEntry(new EntryId(1_000 + at, 0), event);
    }
}
