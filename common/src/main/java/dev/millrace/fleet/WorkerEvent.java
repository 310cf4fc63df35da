package dev.millrace.fleet;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One event from a worker. All are immutable, and wrong ones cannot be made: constructors throw
 * {@link IllegalArgumentException} with the rule and the value.
 */
public sealed interface WorkerEvent {

    /** The worker's id: 1 to 128 characters of {@code A-Za-z0-9._:-}, of one process and never used again. */
    String worker();

    /** How a worker was built. */
    enum Mode {
        JVM,
        NATIVE
    }

    /**
     * A worker starts to serve its queues.
     *
     * @param host the machine's name, for people
     * @param pid the process id on that machine, at least 1
     * @param version the version of Millrace it runs
     * @param startedAt by the worker's own clock: shown, never compared
     * @param queues the queues it serves, each with the number of jobs it runs at once, at least 1
     */
    record Joined(
            String worker,
            String host,
            long pid,
            String version,
            Mode mode,
            Instant startedAt,
            Map<QueueName, Integer> queues)
            implements WorkerEvent {

        public Joined {
            FleetRules.worker(worker);
            FleetRules.notBlank("host", host);
            FleetRules.atLeast("pid", 1, pid);
            FleetRules.notBlank("version", version);
            queues.forEach((queue, slots) -> FleetRules.atLeast("concurrency of queue '" + queue + "'", 1, slots));
            queues = FleetRules.sorted(queues);
        }
    }

    /**
     * A worker can run a task.
     *
     * @param queue where jobs of this task go that name no queue
     * @param description one sentence, or empty
     * @param payloadSchema JSON Schema 2020-12 as JSON text; not parsed here
     * @param resultSchema JSON Schema 2020-12 as JSON text; not parsed here
     * @param policy under which a job of this task runs here that sets none itself
     * @param idempotent whether two runs at the same time do no harm
     */
    record TaskOffered(
            String worker,
            TaskName task,
            QueueName queue,
            String description,
            String payloadSchema,
            String resultSchema,
            ExecutionPolicy policy,
            boolean idempotent)
            implements WorkerEvent {

        public TaskOffered {
            FleetRules.worker(worker);
            FleetRules.notBlank("payload schema of task '" + task + "'", payloadSchema);
            FleetRules.notBlank("result schema of task '" + task + "'", resultSchema);
        }
    }

    /**
     * A worker lives.
     *
     * @param cpuPercent of one machine, 0 to 100, all its processors together
     * @param memoryBytes what the process holds of the machine's memory
     * @param runningByQueue jobs running now; a queue that is missing has none
     * @param leakedSlots of those, runs that are over but whose threads do not end
     */
    record Beat(
            String worker, double cpuPercent, long memoryBytes, Map<QueueName, Integer> runningByQueue, int leakedSlots)
            implements WorkerEvent {

        public Beat {
            FleetRules.worker(worker);
            FleetRules.percent(cpuPercent);
            FleetRules.atLeast("memory in bytes", 0, memoryBytes);
            FleetRules.atLeast("number of leaked slots", 0, leakedSlots);
            runningByQueue.forEach(
                    (queue, jobs) -> FleetRules.atLeast("running jobs of queue '" + queue + "'", 0, jobs));
            runningByQueue = FleetRules.sorted(runningByQueue);
        }

        /** Jobs running now, all queues together. */
        public int running() {
            return runningByQueue.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A worker has stopped and will not come back under this id.
     *
     * @param reason one line for people
     */
    record Left(String worker, Optional<String> reason) implements WorkerEvent {

        public Left {
            FleetRules.worker(worker);
            reason.ifPresent(text -> FleetRules.notBlank("reason", text));
        }
    }
}
