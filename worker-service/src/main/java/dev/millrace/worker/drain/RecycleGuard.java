package dev.millrace.worker.drain;

import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.settle.Settler;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Ends a worker that has run for as long as it may, so that whoever supervises it starts a fresh one. It takes nothing any more and hands back
 * what waits for a slot; what runs ends first, however long it takes, and then the process exits with 0.
 */
public final class RecycleGuard {

    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Logger LOG = Logger.getLogger(RecycleGuard.class);

    private final Recycling recycling;
    private final WorkQueues queues;
    private final HeldJobs held;
    private final Settler settler;
    private final Runnable announce;
    private final IntConsumer exit;
    private boolean leaving;
    private boolean left;

    /**
     * Watches one worker.
     *
     * @param announce has it told at once how this worker is
     * @param exit begins to stop the process with this exit code; called once at most
     */
    public RecycleGuard(
            Recycling recycling,
            WorkQueues queues,
            HeldJobs held,
            Settler settler,
            Runnable announce,
            IntConsumer exit) {
        this.recycling = recycling;
        this.queues = queues;
        this.held = held;
        this.settler = settler;
        this.announce = announce;
        this.exit = exit;
    }

    public Duration lookOnce() {
        if (!leaving && recycling.enough()) {
            leaving = true;
            queues.close(Reason.RECYCLING);
            announce.run();
            LOG.infof("After %d runs this worker makes room for a fresh one.", recycling.runs());
        }
        if (leaving) {
            queues.withdrawUnwanted().forEach(settler::handBack);
            leaveOnceEmpty();
        }
        return LOOK;
    }

    private void leaveOnceEmpty() {
        if (!left && held.isEmpty()) {
            left = true;
            exit.accept(0);
        }
    }
}
