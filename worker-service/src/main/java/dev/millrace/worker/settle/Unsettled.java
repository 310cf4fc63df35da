package dev.millrace.worker.settle;

import dev.millrace.stream.jobs.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The settlements that wait to be carried out. It takes any number of them, since none may be lost; a slot asks for room
 * before it is used again, so that no more gather than are worth gathering.
 */
final class Unsettled {

    /** A full batch, which gathers while another one is on its way. More would settle no sooner. */
    static final int ROOM = Batch.MAX;

    private final LinkedBlockingQueue<Settlement> waiting = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition batchTaken = lock.newCondition();

    void add(Settlement settlement) {
        waiting.add(settlement);
    }

    void addAll(Collection<Settlement> settlements) {
        waiting.addAll(settlements);
    }

    int size() {
        return waiting.size();
    }

    /** Returns what waits, at most a batch of it; nothing if nothing came in time. */
    List<Settlement> take(Duration atMost) throws InterruptedException {
        List<Settlement> batch = new ArrayList<>();
        Settlement first = waiting.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, Batch.MAX - 1);
            tellOfRoom();
        }
        return batch;
    }

    /** Returns when no more than {@link #ROOM} wait. An interrupt that its task left behind does not hurry a slot. */
    void awaitRoom() {
        if (waiting.size() <= ROOM) {
            return;
        }
        lock.lock();
        try {
            while (waiting.size() > ROOM) {
                batchTaken.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellOfRoom() {
        lock.lock();
        try {
            batchTaken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
