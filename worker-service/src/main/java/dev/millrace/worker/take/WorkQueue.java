package dev.millrace.worker.take;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.run.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The slots of one queue in this worker, and the jobs that wait for one of them. */
public final class WorkQueue {

    private final QueueName name;
    private final Prefetch prefetch;
    private final HeldJobs held;
    private final Runner runner;
    private final TakeControl control;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingRuns waiting = new WaitingRuns();
    private int slots;
    private int running;
    private boolean served = true;

    public WorkQueue(Serving serving, HeldJobs held, Runner runner, TakeControl control, Time time) {
        this.name = serving.queue();
        this.slots = serving.slots();
        this.prefetch = new Prefetch(serving.prefetch(), time);
        this.held = held;
        this.runner = runner;
        this.control = control;
        this.time = time;
    }

    public QueueName name() {
        return name;
    }

    /** How many jobs may run at once; none once it is left. */
    public int slots() {
        return locked(() -> served ? slots : 0);
    }

    /** From now on so many may run at once. If more do, they go on, and as many slots are not used again. */
    public void resize(int wanted) {
        change(() -> slots = wanted);
        pump();
    }

    /** Whether it takes jobs, if nothing else is in the way. */
    public boolean served() {
        return locked(() -> served ? 1 : 0) == 1;
    }

    /** From now on nothing is taken or started. What waits is there for {@link #withdrawWaiting}; what runs goes on. */
    public void leave() {
        change(() -> served = false);
    }

    /** The contrary of {@link #leave}. */
    public void serve() {
        change(() -> served = true);
        pump();
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public int running() {
        return locked(() -> running);
    }

    /** How many jobs wait here for a slot. */
    public int prefetched() {
        return locked(() -> waiting.taken() + waiting.abandoned());
    }

    /** How many jobs may wait here for a slot, of those that it takes itself. */
    public int prefetch() {
        return locked(prefetch::most);
    }

    /** How many more entries this queue may take now. */
    public int room() {
        return locked(() -> served ? slots + prefetch.most() - running - waiting.taken() : 0);
    }

    /**
     * How many more entries that others left behind it may hold now. A queue that is never empty leaves no room for them, and
     * they have waited longer than any other: a few, or as many as are set to wait here, are taken on top.
     */
    public int roomForAbandoned() {
        return locked(() -> served ? slots + prefetch.mostAbandoned() - running - waiting.abandoned() : 0);
    }

    private int locked(IntSupplier value) {
        lock.lock();
        try {
            return value.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until taking is worth a round trip: a slot is free, or half of the prefetch is used up. Returns the room, or
     * 0 if that did not come about in time.
     */
    int awaitRoom(Duration atMost) throws InterruptedException {
        return await(atMost, () -> worth(waiting.taken(), prefetch.most())) ? room() : 0;
    }

    /** The same for entries that others left behind; returns when it is so, or the time is over. */
    public void awaitRoomForAbandoned(Duration atMost) throws InterruptedException {
        await(atMost, () -> worth(waiting.abandoned(), prefetch.mostAbandoned()));
    }

    /** How many of what is accepted now start at once. */
    int freeSlots() {
        return locked(() -> served ? slots - running : 0);
    }

    /** Returns when a slot is free, or the time is over. */
    void awaitSlot(Duration atMost) throws InterruptedException {
        await(atMost, () -> running < slots);
    }

    private boolean worth(int waitingSo, int mayWait) {
        return running + waitingSo < slots || (mayWait > 0 && waitingSo <= (mayWait - 1) / 2);
    }

    private boolean await(Duration atMost, BooleanSupplier reached) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!reached.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes deliveries into hand and starts as many as have a slot. An entry that is in hand already is passed over. */
    public void accept(List<Delivery> deliveries) {
        accept(deliveries, waiting::addTaken);
    }

    /** The same for a batch that was taken; whether it was as large as there was room for, so that there may be more. */
    void acceptBatch(List<Delivery> deliveries, boolean mayHaveLeftMore) {
        lock.lock();
        try {
            prefetch.taken(mayHaveLeftMore);
        } finally {
            lock.unlock();
        }
        accept(deliveries);
    }

    /** The same for entries that others left behind. */
    public void acceptAbandoned(List<Delivery> deliveries) {
        accept(deliveries, waiting::addAbandoned);
    }

    private void accept(List<Delivery> deliveries, Consumer<JobRun> place) {
        long now = time.reading();
        lock.lock();
        try {
            for (Delivery delivery : deliveries) {
                JobRun run = new JobRun(delivery, now);
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
        locked(() -> ++running);
        runner.launch(run, this::slotIsFree);
    }

    /** Takes back what has not started. */
    public List<JobRun> withdrawWaiting() {
        lock.lock();
        try {
            changed.signalAll();
            return waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Who waits for room is told when all that may start has left its place. */
    private List<JobRun> startable() {
        List<JobRun> startable = new ArrayList<>();
        lock.lock();
        try {
            JobRun next = nextIfFree();
            while (next != null) {
                startable.add(next);
                running++;
                prefetch.started(next.takenReading(), waiting.taken());
                next = nextIfFree();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return startable;
    }

    private @Nullable JobRun nextIfFree() {
        return control.open() && served && running < slots ? waiting.next() : null;
    }

    private void slotIsFree() {
        locked(() -> --running);
        pump();
    }
}
