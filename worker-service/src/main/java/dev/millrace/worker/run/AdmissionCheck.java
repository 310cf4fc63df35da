package dev.millrace.worker.run;

import dev.millrace.stream.jobs.Taking;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.time.Time;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.policy.WorkerPolicies;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskRegistry;
import dev.millrace.worker.settle.Settler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Finds the task and the policy of a job that has a slot, and asks Redis whether it may still start. */
public final class AdmissionCheck {

    /** A delivery that waited longer than this for its slot is admitted anew before it starts. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How long a job whose task is not here keeps its slot before it goes back, so that it does not spin. */
    private static final Duration UNKNOWN_TASK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(AdmissionCheck.class);

    private final TaskRegistry registry;
    private final WorkerPolicies policies;
    private final Taking streams;
    private final Settler settler;
    private final Time time;

    public AdmissionCheck(TaskRegistry registry, WorkerPolicies policies, Taking streams, Settler settler, Time time) {
        this.registry = registry;
        this.policies = policies;
        this.streams = streams;
        this.settler = settler;
        this.time = time;
    }

    /** Returns the execution that may begin on this thread; nothing if the job was dropped or handed back. */
    Optional<TaskExecution> admit(JobRun run) throws InterruptedException {
        Optional<TaskDefinition> task = registry.find(run.job().task());
        if (task.isEmpty()) {
            leaveForAnother(run);
            return Optional.empty();
        }
        return task.filter(known -> mayStart(run))
                .map(known -> TaskExecution.here(run, known, policies.of(run.job(), known), time));
    }

    /** One that came just now was admitted by the function that gave it to this worker. */
    private boolean mayStart(JobRun run) {
        return !time.passed(FRESH, run.takenReading()) || admittedAgain(run);
    }

    private boolean admittedAgain(JobRun run) {
        try {
            boolean go = streams.start(List.of(run.delivery())).getFirst() == Admit.GO;
            if (!go) {
                settler.drop(run);
            }
            return go;
        } catch (StreamsUnavailable unavailable) {
            LOG.debugf("The job is handed back when Redis answers: %s", unavailable.getMessage());
            settler.handBack(run);
            return false;
        }
    }

    private void leaveForAnother(JobRun run) throws InterruptedException {
        LOG.warnf(
                "No such task here (known: %s). The job goes back to its queue for a worker that has it.",
                registry.all().stream().map(TaskDefinition::name).toList());
        time.pause().of(UNKNOWN_TASK);
        settler.handBack(run);
    }
}
