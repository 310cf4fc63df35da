package dev.millrace.worker.take;

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

    private final Taking streams;
    private final WorkQueue queue;
    private final TakeControl control;
    private final Time time;

    /** The streams are this reader's own: it blocks in them. */
    public QueueReader(Taking streams, WorkQueue queue, TakeControl control, Time time) {
        this.streams = streams;
        this.queue = queue;
        this.control = control;
        this.time = time;
    }

    /**
     * Takes what there is room for. If there is none it waits for an entry, or first for a slot if all are busy: what is
     * awaited starts at once, and belongs to a worker that can start it. A paused queue is asked again in 100 ms.
     */
    public Duration takeOnce() throws InterruptedException {
        if (!control.open()) {
            return CLOSED;
        }
        int room = queue.awaitRoom(ROOM);
        if (room == 0 || takeBatch(room) > 0) {
            return Duration.ZERO;
        }
        return queue.hasFreeSlot() ? await() : awaitSlot();
    }

    private Duration awaitSlot() throws InterruptedException {
        queue.awaitSlot(BLOCK);
        return Duration.ZERO;
    }

    private Duration await() {
        long before = time.reading();
        List<Delivery> started = streams.await(List.of(queue.name()), BLOCK);
        queue.accept(started, true);
        boolean refused = started.isEmpty() && !time.passed(CLOSED, before);
        return refused ? CLOSED : Duration.ZERO;
    }

    private int takeBatch(int room) {
        List<Delivery> taken = streams.take(queue.name(), Math.min(room, Batch.MAX));
        queue.accept(taken, false);
        return taken.size();
    }
}
