package dev.millrace.worker.take;

import dev.millrace.job.QueueName;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.take.TakeControl.Reason;
import java.util.List;

/** All queues of a worker, and the control over whether they take and start jobs. */
public final class WorkQueues {

    private final TakeControl control;
    private final List<WorkQueue> queues;

    /** The queues look at this control. */
    public WorkQueues(TakeControl control, List<WorkQueue> queues) {
        this.control = control;
        this.queues = List.copyOf(queues);
    }

    public List<WorkQueue> all() {
        return queues;
    }

    public List<QueueName> names() {
        return queues.stream().map(WorkQueue::name).toList();
    }

    /** How many jobs may run at once. */
    public int slots() {
        return queues.stream().mapToInt(WorkQueue::slots).sum();
    }

    /** Whether nothing is taken because somebody wants it so. */
    public boolean draining() {
        return control.closedFor(Reason.DRAINING);
    }

    public boolean open() {
        return control.open();
    }

    public boolean closedFor(Reason reason) {
        return control.closedFor(reason);
    }

    public void close(Reason reason) {
        control.close(reason);
    }

    /** Starts what may start, if no other reason is left. */
    public void reopen(Reason reason) {
        control.reopen(reason);
        queues.forEach(WorkQueue::pump);
    }

    /** Takes back all that has not started. */
    public List<JobRun> withdrawWaiting() {
        return queues.stream()
                .flatMap(queue -> queue.withdrawWaiting().stream())
                .toList();
    }
}
