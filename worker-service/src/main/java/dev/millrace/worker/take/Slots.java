package dev.millrace.worker.take;

import dev.millrace.worker.held.JobRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Slots of a worker, which one queue has for itself or several share. Of those that share, each with jobs that wait gets the next slot in
 * turn, so that none waits for the last job of another. They have one lock, since what one of them takes the others have no
 * more.
 */
public final class Slots {

    /** Whose it is to change what follows, and what the queues say of themselves. */
    final ReentrantLock lock = new ReentrantLock();

    final Condition changed = lock.newCondition();

    private final List<WorkQueue> queues = new ArrayList<>();
    private int most;
    private int running;
    private int turn;

    /** @param most jobs that run at once */
    public Slots(int most) {
        this.most = most;
    }

    /** A run, and the queue whose it is. */
    private record Start(JobRun run, WorkQueue queue) {}

    /** How many jobs may run at once. */
    public int most() {
        lock.lock();
        try {
            return most;
        } finally {
            lock.unlock();
        }
    }

    /** From now on so many jobs may run at once. If more do, they go on, and as many slots are not used again. */
    public void resize(int wanted) {
        lock.lock();
        try {
            most = wanted;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        pump();
    }

    void add(WorkQueue queue) {
        lock.lock();
        try {
            queues.add(queue);
        } finally {
            lock.unlock();
        }
    }

    /** How many more jobs of a queue may run, behind those of others that wait for a slot already; below zero while too many run. */
    int free(WorkQueue queue) {
        int left = most - running;
        int before = queues.stream()
                .filter(other -> other != queue)
                .mapToInt(WorkQueue::waitingHere)
                .sum();
        return left - Math.min(Math.max(left, 0), before);
    }

    /** Whether a job that was taken now could run now, whoever waits. */
    boolean anyFree() {
        return running < most;
    }

    void taken() {
        running++;
    }

    void givenBack() {
        running--;
    }

    /** Starts what may start now. */
    void pump() {
        startable().forEach(start -> start.queue().launch(start.run()));
    }

    /** Who waits for room is told when all that may start has left its place. */
    private List<Start> startable() {
        List<Start> startable = new ArrayList<>();
        lock.lock();
        try {
            Start next = next();
            while (next != null) {
                startable.add(next);
                next = next();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return startable;
    }

    private @Nullable Start next() {
        for (int asked = 0; anyFree() && asked < queues.size(); asked++) {
            turn = (turn + 1) % queues.size();
            WorkQueue queue = queues.get(turn);
            JobRun run = queue.start();
            if (run != null) {
                return new Start(run, queue);
            }
        }
        return null;
    }

    /** How many there are in a worker whose queues have these: shared ones count once. */
    static int sum(List<WorkQueue> queues) {
        return queues.stream()
                .filter(WorkQueue::served)
                .map(WorkQueue::pool)
                .distinct()
                .mapToInt(Slots::most)
                .sum();
    }
}
