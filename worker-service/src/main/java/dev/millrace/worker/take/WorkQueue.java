package dev.millrace.worker.take;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.run.Runner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The slots of one queue in this worker, and the jobs that wait for one of them. */
public final class WorkQueue {

    private final QueueName name;
    private final int slots;
    private final int prefetch;
    private final HeldJobs held;
    private final Runner runner;
    private final TakeControl control;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<JobRun> waiting = new ArrayDeque<>();
    private int running;

    public WorkQueue(Serving serving, HeldJobs held, Runner runner, TakeControl control, Time time) {
        this.name = serving.queue();
        this.slots = serving.slots();
        this.prefetch = serving.prefetch();
        this.held = held;
        this.runner = runner;
        this.control = control;
        this.time = time;
    }

    public QueueName name() {
        return name;
    }

    public int slots() {
        return slots;
    }

    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** How many jobs wait here for a slot. */
    public int prefetched() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many more entries this queue may hold now. */
    public int room() {
        lock.lock();
        try {
            return slots + prefetch - running - waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many more entries that others left behind it may hold now. A queue that is never empty leaves no room for them, and
     * they have waited longer than any other: as many as may wait here anyway are taken on top.
     */
    public int roomForAbandoned() {
        return room() + Math.max(1, prefetch);
    }

    /**
     * Waits until taking is worth a round trip: a slot is free, or half of the prefetch is used up. Returns the room, or
     * 0 if that did not come about in time.
     */
    int awaitRoom(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!worthTaking()) {
                if (left <= 0) {
                    return 0;
                }
                left = changed.awaitNanos(left);
            }
            return slots + prefetch - running - waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean worthTaking() {
        return running + waiting.size() < slots || (prefetch > 0 && waiting.size() <= (prefetch - 1) / 2);
    }

    /**
     * Takes deliveries into hand and starts as many as have a slot. An entry that is in hand already is passed over.
     *
     * @param started whether their start is written already
     */
    public void accept(List<Delivery> deliveries, boolean started) {
        accept(deliveries, started, waiting::addLast);
    }

    /** The same for entries that others left behind and whose start is written: they are the next to get a slot. */
    public void acceptAbandoned(List<Delivery> deliveries) {
        accept(deliveries.reversed(), true, waiting::addFirst);
    }

    private void accept(List<Delivery> deliveries, boolean started, Consumer<JobRun> place) {
        long now = time.reading();
        lock.lock();
        try {
            for (Delivery delivery : deliveries) {
                JobRun run = new JobRun(delivery, now, started);
                if (held.add(run)) {
                    place.accept(run);
                }
            }
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** Starts what may start now. */
    public void pump() {
        for (JobRun run : startable()) {
            runner.launch(run, this::slotIsFree);
        }
    }

    /** Runs one job although nothing else may start; its holder has made sure that nothing else runs. */
    public void runAlone(JobRun run) {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
        runner.launch(run, this::slotIsFree);
    }

    /** Takes back what has not started. */
    public List<JobRun> withdrawWaiting() {
        lock.lock();
        try {
            List<JobRun> withdrawn = List.copyOf(waiting);
            waiting.clear();
            changed.signalAll();
            return withdrawn;
        } finally {
            lock.unlock();
        }
    }

    private List<JobRun> startable() {
        List<JobRun> startable = new ArrayList<>();
        lock.lock();
        try {
            while (control.open() && running < slots && !waiting.isEmpty()) {
                JobRun next = waiting.poll();
                if (next.waiting()) {
                    startable.add(next);
                    running++;
                }
            }
        } finally {
            lock.unlock();
        }
        return startable;
    }

    private void slotIsFree() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        pump();
    }
}
