package dev.millrace.worker.take;

import dev.millrace.job.QueueName;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.take.TakeControl.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queues of a worker, and the control over whether they take and start jobs. */
public final class WorkQueues {

    private final TakeControl control;
    private final List<WorkQueue> queues;

    /** The queues look at this control. */
    public WorkQueues(TakeControl control, List<WorkQueue> queues) {
        this.control = control;
        this.queues = new CopyOnWriteArrayList<>(queues);
    }

    /** Those that it serves now. */
    public List<WorkQueue> all() {
        return queues.stream().filter(WorkQueue::served).toList();
    }

    /** The names of those that it serves now. */
    public List<QueueName> names() {
        return all().stream().map(WorkQueue::name).toList();
    }

    /** Those that it serves, and those that it served and has left. */
    public List<WorkQueue> ever() {
        return List.copyOf(queues);
    }

    /** One that it serves, or served. */
    public Optional<WorkQueue> find(QueueName name) {
        return queues.stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** Serves another one, which it never served. */
    public void add(WorkQueue queue) {
        queues.add(queue);
    }

    /** How many jobs may run at once. */
    public int slots() {
        return Slots.sum(queues);
    }

    /** Whether nothing is taken because somebody wants it so. */
    public boolean draining() {
        return control.closedFor(Reason.DRAINING) || unwanted();
    }

    private boolean unwanted() {
        return control.closedFor(Reason.RESTING) || control.closedFor(Reason.RECYCLING);
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

    /** Takes back what has not started and is not to: all while it rests or is about to be recycled, else what waits for slots of queues that were left. */
    public List<JobRun> withdrawUnwanted() {
        return queues.stream()
                .filter(queue -> !queue.served() || unwanted())
                .flatMap(queue -> queue.withdrawWaiting().stream())
                .toList();
    }

    /** Takes back all that has not started. */
    public List<JobRun> withdrawWaiting() {
        return queues.stream()
                .flatMap(queue -> queue.withdrawWaiting().stream())
                .toList();
    }
}
