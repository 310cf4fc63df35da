package dev.millrace.api.live.sse;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, bounded by number and bytes. Giving never blocks: an item too many empties the inbox, and
 * the client learns that it lagged. A single item may be larger than the bound: its client cannot help that.
 */
public final class Inbox<T> {

    /** What a client finds. */
    public sealed interface Mail<T> {

        record Item<T>(T item) implements Mail<T> {}

        /** Nothing came in time. */
        record Nothing<T>() implements Mail<T> {}

        /** Events may be missing before the next item. */
        record Reset<T>() implements Mail<T> {}

        /** There was more than the inbox holds; nothing comes any more. */
        record Lagged<T>() implements Mail<T> {}

        /** The instance shuts down, or the client is gone; nothing comes any more. */
        record Closed<T>() implements Mail<T> {}
    }

    private final int maxItems;
    private final long maxBytes;
    private final ToLongFunction<T> size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<T> items = new ArrayDeque<>();
    private long bytes;
    private boolean reset;
    private @Nullable Mail<T> last;

    public Inbox(int maxItems, long maxBytes, ToLongFunction<T> size) {
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
        this.size = size;
    }

    public void give(T item) {
        change(() -> {
            items.add(item);
            bytes += size.applyAsLong(item);
            if (items.size() > maxItems || (bytes > maxBytes && items.size() > 1)) {
                end(new Mail.Lagged<>());
            }
        });
    }

    /** What waits here is of no use any more. */
    public void reset() {
        change(() -> {
            items.clear();
            bytes = 0;
            reset = true;
        });
    }

    public void close() {
        change(() -> end(new Mail.Closed<>()));
    }

    public Mail<T> take(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (empty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private Mail<T> next() {
        if (last != null) {
            return last;
        }
        if (reset) {
            reset = false;
            return new Mail.Reset<>();
        }
        T item = items.poll();
        if (item == null) {
            return new Mail.Nothing<>();
        }
        bytes -= size.applyAsLong(item);
        return new Mail.Item<>(item);
    }

    private boolean empty() {
        return last == null && !reset && items.isEmpty();
    }

    private void end(Mail<T> how) {
        items.clear();
        last = how;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            if (last == null) {
                change.run();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
