package dev.millrace.fleet;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.names.Labelled;
import dev.millrace.names.Names;
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

    /** Whether a worker that lives takes jobs. */
    enum State implements Labelled {
        RUNNING,
        /** It takes none, be it that it stops or that it was told to rest; what it runs goes on. */
        DRAINING
    }

    /**
     * What a worker has of one queue.
     *
     * @param slots jobs that it may run at once
     * @param running jobs that have a slot now; while slots are being taken away more than there are
     * @param held jobs in its hands, running or waiting for a slot
     * @param shared whether these slots are those of all its queues of which this is true, together
     */
    record Load(int slots, int running, int held, boolean shared) {

        /** Of a queue that has its slots for itself. */
        public Load(int slots, int running, int held) {
            this(slots, running, held, false);
        }
    }

    /**
     * A worker serves its queues.
     *
     * @param name what people call it, which others may be called too; its id where nobody gave it one
     * @param host the machine's name, for people
     * @param pid the process id on that machine, at least 1
     * @param version the version of Millrace it runs
     * @param startedAt by the worker's own clock: shown, never compared
     * @param queues the queues it serves, each with the number of jobs it runs at once, at least 1
     */
    record Joined(
            String worker,
            String name,
            String host,
            long pid,
            String version,
            Mode mode,
            Instant startedAt,
            Map<QueueName, Integer> queues)
            implements WorkerEvent {

        public Joined {
            FleetRules.worker(worker);
            Names.check("A worker's name", name);
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
     * A worker declares a workflow.
     *
     * @param name under which it is started, a name of 1 to 128 characters
     * @param description one sentence, or empty
     * @param flow the graph and what holds for all of it, as JSON text; not parsed here
     */
    record WorkflowOffered(String worker, String name, String description, String flow) implements WorkerEvent {

        public WorkflowOffered {
            FleetRules.worker(worker);
            Names.check("A workflow's name", name);
            FleetRules.notBlank("flow of workflow '" + name + "'", flow);
        }
    }

    /**
     * A worker lives.
     *
     * @param cpuPercent of one machine, 0 to 100, all its processors together
     * @param memoryBytes what the process holds of the machine's memory
     * @param queues those it serves, and those it serves no more while it still runs jobs of them
     * @param leakedSlots runs that are over but whose threads do not end
     */
    record Beat(
            String worker,
            State state,
            double cpuPercent,
            long memoryBytes,
            Map<QueueName, Load> queues,
            int leakedSlots)
            implements WorkerEvent {

        public Beat {
            FleetRules.worker(worker);
            FleetRules.percent(cpuPercent);
            FleetRules.atLeast("memory in bytes", 0, memoryBytes);
            FleetRules.atLeast("number of leaked slots", 0, leakedSlots);
            queues.forEach(FleetRules::load);
            queues = FleetRules.sorted(queues);
        }

        /** Jobs running now, all queues together. */
        public int running() {
            return queues.values().stream().mapToInt(Load::running).sum();
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
