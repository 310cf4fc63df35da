package dev.millrace.api.base.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits in memory, first in, first out, bounded by how many items wait and by how large they are together. May be used
 * by many threads.
 */
public final class BoundedQueue<T> {

    private final LinkedBlockingQueue<T> waiting;
    private final long maxSize;
    private final ToLongFunction<T> size;
    private final AtomicLong sizes = new AtomicLong();
    private final ReentrantLock taking = new ReentrantLock();

    /**
     * An empty queue.
     *
     * @param size of an item, of which all together may have {@code maxSize}
     */
    public BoundedQueue(int maxItems, long maxSize, ToLongFunction<T> size) {
        this.waiting = new LinkedBlockingQueue<>(maxItems);
        this.maxSize = maxSize;
        this.size = size;
    }

    /** Returns whether the item waits now; false if there is no room for it. */
    public boolean offer(T item) {
        boolean room = sizes.addAndGet(size.applyAsLong(item)) <= maxSize;
        boolean waits = room && waiting.offer(item);
        if (!waits) {
            taken(item);
        }
        return waits;
    }

    /**
     * Waits up to {@code atMost} for an item, and takes what waits behind it as long as all together weigh {@code maxWeight}
     * at most. The first is taken whatever it weighs. One taker at a time, so that batches are as large as they can be.
     */
    public List<T> take(Duration atMost, int maxWeight, ToIntFunction<T> weight) throws InterruptedException {
        taking.lockInterruptibly();
        try {
            List<T> batch = new ArrayList<>();
            T next = waiting.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            int weights = 0;
            while (next != null) {
                taken(next);
                batch.add(next);
                weights += weight.applyAsInt(next);
                next = fits(waiting.peek(), maxWeight - weights, weight) ? waiting.poll() : null;
            }
            return batch;
        } finally {
            taking.unlock();
        }
    }

    /** Throws away what waits. */
    public void clear() {
        List<T> all = new ArrayList<>();
        waiting.drainTo(all);
        all.forEach(this::taken);
    }

    private static <T> boolean fits(@Nullable T next, int room, ToIntFunction<T> weight) {
        return next != null && weight.applyAsInt(next) <= room;
    }

    private void taken(T item) {
        sizes.addAndGet(-size.applyAsLong(item));
    }
}
