package dev.millrace.worker.take;

import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.time.Time;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.run.Runner;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** One queue in this worker: its slots, which it may share with others, and its jobs that wait for one of them. */
public final class WorkQueue {

    private final QueueName name;
    private final Prefetch prefetch;
    private final HeldJobs held;
    private final Runner runner;
    private final TakeControl control;
    private final Time time;
    private final Slots slots;
    private final ReentrantLock lock;
    private final Condition changed;
    private final Serving serving;
    private final WaitingRuns waiting = new WaitingRuns();
    private int running;
    private boolean served = true;
    private boolean ordered;

    /** One that has its slots for itself. */
    public WorkQueue(Serving serving, HeldJobs held, Runner runner, TakeControl control, Time time) {
        this(serving, new Slots(serving.slots()), held, runner, control, time);
    }

    /** One that has these slots, as others may. */
    public WorkQueue(Serving serving, Slots slots, HeldJobs held, Runner runner, TakeControl control, Time time) {
        this.name = serving.queue();
        this.serving = serving;
        this.slots = slots;
        this.lock = slots.lock;
        this.changed = slots.changed;
        this.prefetch = new Prefetch(serving.prefetch(), time);
        this.held = held;
        this.runner = runner;
        this.control = control;
        this.time = time;
        slots.add(this);
    }

    public QueueName name() {
        return name;
    }

    /** How many jobs may run at once, those of queues that share its slots included; none once it is left. */
    public int slots() {
        return locked(() -> served ? slots.most() : 0);
    }

    /** Its slots; those that it shares are the same as of the others. */
    public Slots pool() {
        return slots;
    }

    /** Whether others have its slots, too, or would have them. */
    public boolean shares() {
        return serving.origin() == Serving.Origin.SHARED;
    }

    /** From now on so many may run at once, whatever is set of the queue. If more do, they go on, and as many slots are not used again. */
    public void resize(int wanted) {
        change(() -> ordered = true);
        slots.resize(wanted);
    }

    /**
     * From now on so many may run at once as are set of the queue; if nothing is set, as many as queues have in this worker. It is
     * nothing to a queue that somebody has resized, that shares its slots, or whose slots this worker's configuration tells.
     *
     * @return whether they are other than they were
     */
    public boolean follow(OptionalInt set) {
        int wanted = set.orElse(serving.slots());
        boolean other = serving.origin() == Serving.Origin.USUAL
                && locked(() -> ordered || wanted == slots.most() ? 0 : 1) == 1;
        if (other) {
            slots.resize(wanted);
        }
        return other;
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
        return locked(this::waitingHere);
    }

    /** How many jobs may wait here for a slot, of those that it takes itself. */
    public int prefetch() {
        return locked(prefetch::most);
    }

    /** How many more entries this queue may take now. */
    public int room() {
        return locked(() -> served ? slots.free(this) + prefetch.most() - waiting.taken() : 0);
    }

    /**
     * How many more entries that others left behind it may hold now. A queue that is never empty leaves no room for them, and
     * they have waited longer than any other: a few, or as many as are set to wait here, are taken on top.
     */
    public int roomForAbandoned() {
        return locked(() -> served ? slots.free(this) + prefetch.mostAbandoned() - waiting.abandoned() : 0);
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
        return locked(() -> served ? slots.free(this) : 0);
    }

    /** Returns when a slot is free, or the time is over. */
    void awaitSlot(Duration atMost) throws InterruptedException {
        await(atMost, slots::anyFree);
    }

    private boolean worth(int waitingSo, int mayWait) {
        return waitingSo < slots.free(this) || (mayWait > 0 && waitingSo <= (mayWait - 1) / 2);
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

    /** Starts what may start now, also of queues that share its slots. */
    public void pump() {
        slots.pump();
    }

    void launch(JobRun run) {
        runner.launch(run, this::slotIsFree);
    }

    /** Runs one job although nothing else may start; its holder has made sure that nothing else runs. */
    public void runAlone(JobRun run) {
        change(this::takeSlot);
        launch(run);
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

    /** How many of its jobs wait here; its lock is held. */
    int waitingHere() {
        return waiting.taken() + waiting.abandoned();
    }

    /** Gives a slot to the next one that waits, if it may start; null if none may. There is a slot, and its lock is held. */
    @Nullable
    JobRun start() {
        JobRun next = control.open() && served ? waiting.next() : null;
        if (next != null) {
            takeSlot();
            prefetch.started(next.takenReading(), waiting.taken());
        }
        return next;
    }

    private void takeSlot() {
        running++;
        slots.taken();
    }

    private void slotIsFree() {
        change(() -> {
            running--;
            slots.givenBack();
        });
        pump();
    }
}
