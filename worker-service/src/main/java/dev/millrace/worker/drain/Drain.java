package dev.millrace.worker.drain;

import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.StopSignal;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Empties a worker's hands. Jobs that wait for a slot go back at once; running ones may end within the grace, and are
 * then interrupted and handed back, so that another worker starts them without waiting for a lease to run out.
 */
public final class Drain {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LAST_SETTLING = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Drain.class);

    private final WorkQueues queues;
    private final HeldJobs held;
    private final Settler settler;
    private final Time time;

    public Drain(WorkQueues queues, HeldJobs held, Settler settler, Time time) {
        this.queues = queues;
        this.held = held;
        this.settler = settler;
        this.time = time;
    }

    /** From now on nothing starts. */
    public void begin() {
        queues.close(Reason.DRAINING);
        withdraw();
    }

    /** Returns when nothing is held any more, or Redis would not take it back for 2 s after the grace. */
    public void finish(Duration grace) {
        if (!emptied(grace)) {
            List<JobRun> running = held.all().stream().filter(settler::handBack).toList();
            LOG.infof(
                    "%d jobs did not end within the grace of %s; they go back to their queues.", running.size(), grace);
            running.forEach(run -> run.stop(StopSignal.Reason.HANDED_BACK));
            if (!emptied(LAST_SETTLING)) {
                LOG.warnf(
                        "%d jobs could not be handed back; their leases will run out.",
                        held.all().size());
            }
        }
    }

    private boolean emptied(Duration atMost) {
        return time.comes(atMost, LOOK, () -> {
            withdraw();
            return held.isEmpty();
        });
    }

    /** Also what a reader that was blocked in Redis brings after the beginning. */
    private void withdraw() {
        queues.withdrawWaiting().forEach(settler::handBack);
    }
}
