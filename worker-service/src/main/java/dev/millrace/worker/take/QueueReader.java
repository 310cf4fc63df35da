package dev.millrace.worker.take;

import dev.millrace.job.Band;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Taking;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.List;

/** Keeps one queue's slots busy. */
public final class QueueReader {

    private static final Duration BLOCK = Duration.ofSeconds(2);
    private static final Duration ROOM = Duration.ofMillis(500);
    private static final Duration CLOSED = Duration.ofMillis(100);
    private static final Duration LEFT = Duration.ofSeconds(1);

    /** The most that an idle reader asks for of one band; where more wait, the next turn takes as many as there is room for. */
    private static final int MOST_AWAITED = 8;

    private final Taking streams;
    private final WorkQueue queue;
    private final TakeControl control;
    private final Time time;
    private boolean drained;

    /** The streams are this reader's own: it blocks in them. */
    public QueueReader(Taking streams, WorkQueue queue, TakeControl control, Time time) {
        this.streams = streams;
        this.queue = queue;
        this.control = control;
        this.time = time;
    }

    /**
     * Takes what there is room for. If there is none it waits for an entry, or first for a slot if all are busy: what is
     * awaited starts at once, and belongs to a worker that can start it. After a wait that brought less than it might have,
     * the queue is empty, and the next turn waits again at once. One that ended early with nothing found a paused queue, or
     * entries that may not run, of which a take passes over hundreds: either is looked at again in 100 ms. Nothing is taken of a
     * queue that was left.
     */
    public Duration takeOnce() throws InterruptedException {
        if (!queue.served()) {
            return LEFT;
        }
        if (!control.open()) {
            return CLOSED;
        }
        int room = queue.awaitRoom(ROOM);
        if (room <= 0 || (!drained && takeBatch(room) > 0)) {
            return Duration.ZERO;
        }
        int free = queue.freeSlots();
        return free > 0 ? await(ofEachBand(free)) : awaitSlot();
    }

    /** Meanwhile others may have come. */
    private Duration awaitSlot() throws InterruptedException {
        drained = false;
        queue.awaitSlot(BLOCK);
        return Duration.ZERO;
    }

    /**
     * As many as have slots even if all bands give so many; two where there are slots for two, so that one that comes alone is
     * seen to be alone.
     */
    private static int ofEachBand(int free) {
        int share = Math.min(free / Band.values().length, MOST_AWAITED);
        return Math.max(share, Math.min(free, 2));
    }

    private Duration await(int ofEachBand) {
        long before = time.reading();
        List<Delivery> awaited = streams.await(List.of(queue.name()), ofEachBand, BLOCK);
        queue.accept(awaited);
        boolean refused = awaited.isEmpty() && !time.passed(CLOSED, before);
        drained = !refused && awaited.size() < ofEachBand;
        return refused ? CLOSED : Duration.ZERO;
    }

    private int takeBatch(int room) {
        int wanted = Math.min(room, Batch.MAX);
        List<Delivery> taken = streams.take(queue.name(), wanted);
        queue.acceptBatch(taken, taken.size() == wanted);
        return taken.size();
    }
}
