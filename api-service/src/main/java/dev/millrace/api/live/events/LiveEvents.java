package dev.millrace.api.live.events;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import dev.millrace.stream.groups.Tail;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The one reader of events of this instance: decodes each entry once, keeps the recent ones, and passes them to listeners. Its
 * position, what it keeps and who listens change together, so that a listener misses nothing and gets nothing twice.
 *
 * <p>It reads while somebody listens, and for {@link #LINGER} longer. When it begins anew it begins behind what the projection
 * has recorded: what lies before that is shown by the rows, and found on the stream by those who come back.
 */
public final class LiveEvents {

    /** Receives the events of one job, on the reader's thread; must not block. */
    public interface Listener {

        void event(LiveEvent event);

        /** Events may have been missed. */
        void reset();

        void close();
    }

    /**
     * What a listener that has just joined needs to know.
     *
     * @param position events up to here are not passed to it
     * @param recent those among them that concern its job and are still kept
     */
    public record Joined(EntryId position, List<LiveEvent> recent) {}

    /**
     * A stretch of events.
     *
     * @param upTo everything up to here is in it
     */
    public record Stretch(List<LiveEvent> events, EntryId upTo) {}

    /** So long it reads on for nobody. */
    static final Duration LINGER = Duration.ofSeconds(10);

    private static final int BATCH = 1000;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_BLOCK = Duration.ofMillis(1);
    private static final Duration REST = Duration.ofSeconds(10);

    private final Tail tail;
    private final RecentEvents recent;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private final Map<JobId, List<Listener>> listeners = new HashMap<>();
    private EntryId position = EntryId.ZERO;
    private volatile boolean begun;
    private int followers;
    private long readUntil;
    private volatile boolean closed;

    public LiveEvents(Tail tail, RecentEvents recent, LongSupplier nanos) {
        this.tail = tail;
        this.recent = recent;
        this.nanos = nanos;
        this.readUntil = nanos.getAsLong();
    }

    /**
     * Waits up to a second for events and passes them to the listeners, or up to ten for somebody who wants to listen. Returns
     * how long to pause: not at all, unless this was closed.
     */
    public Duration readOnce() throws InterruptedException {
        if (awaitWanted()) {
            read();
        }
        return closed ? REST : Duration.ZERO;
    }

    private boolean awaitWanted() throws InterruptedException {
        lock.lock();
        try {
            if (!isWanted() && begun) {
                begun = false;
                recent.beginBehind(position);
                tail.rejoin();
            }
            long left = REST.toNanos();
            while (!isWanted() && !closed && left > 0) {
                left = wanted.awaitNanos(left);
            }
            return isWanted();
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        return followers > 0 || !listeners.isEmpty() || readUntil - nanos.getAsLong() > 0;
    }

    private void want() {
        readUntil = nanos.getAsLong() + LINGER.toNanos();
        wanted.signal();
    }

    /**
     * Has events read from now on. Returns when they are: whoever joins then hears of every event that the rows do not show
     * yet. Returns after {@code atMost} all the same, while Redis is away; who joins then is told to start anew later.
     */
    public void wake(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            want();
            long left = atMost.toNanos();
            while (!begun && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on somebody follows the events of all jobs; to be ended by {@link #unfollow}. */
    public void follow() {
        locked(() -> {
            followers++;
            want();
        });
    }

    public void unfollow() {
        locked(() -> {
            followers--;
            want();
        });
    }

    private void read() {
        // The first read only takes its place, so that clients that come early need not restart a second later.
        Tail.Batch batch = tail.read(BATCH, begun ? BLOCK : SHORTEST_BLOCK);
        EntryId end = tail.position();
        List<LiveEvent> events = batch.entries().stream()
                .map(LiveEvent::of)
                .flatMap(Optional::stream)
                .toList();
        locked(() -> {
            if (batch.reset() || !begun) {
                begin(
                        batch.entries().isEmpty()
                                ? end
                                : batch.entries().getFirst().id().previous());
            }
            events.forEach(this::publish);
            position = end;
            moved.signalAll();
        });
    }

    /** While nobody listened, the listener is told to start anew as soon as events are read again. */
    public Joined join(JobId job, Listener listener) {
        lock.lock();
        try {
            want();
            listeners.computeIfAbsent(job, one -> new CopyOnWriteArrayList<>()).add(listener);
            if (closed) {
                listener.close();
            }
            return new Joined(position, recent.ofJob(job));
        } finally {
            lock.unlock();
        }
    }

    public void leave(JobId job, Listener listener) {
        locked(() -> {
            listeners.computeIfPresent(job, (one, all) -> {
                all.remove(listener);
                return all.isEmpty() ? null : all;
            });
            want();
        });
    }

    Set<JobId> listenedTo() {
        lock.lock();
        try {
            return Set.copyOf(listeners.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Passes the end of a job, which the record shows, to those who listen to the job. */
    public void publishEnd(JobId job, Position end) {
        LiveEvent event = LiveEvent.missedEnd(job, end);
        locked(() -> tell(event));
    }

    public EntryId position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all events behind this place are kept. */
    public boolean covers(EntryId after) {
        lock.lock();
        try {
            return covered(after);
        } finally {
            lock.unlock();
        }
    }

    /** Up to {@code max} events behind a place; empty if they are not all kept. */
    public Optional<Stretch> stretch(EntryId after, int max) {
        lock.lock();
        try {
            return covered(after) ? Optional.of(kept(after, max)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are entries behind a place; says whether there are. */
    public boolean awaitBehind(EntryId place, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (position.equals(place) && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return !position.equals(place);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all listeners; those that come later too. */
    public void close() {
        locked(() -> {
            closed = true;
            all().forEach(Listener::close);
            moved.signalAll();
            wanted.signalAll();
        });
    }

    private boolean covered(EntryId after) {
        return begun && recent.covers(after) && after.compareTo(position) <= 0;
    }

    private Stretch kept(EntryId after, int max) {
        List<LiveEvent> events = recent.after(after, max);
        return new Stretch(
                events, events.size() < max ? position : events.getLast().id());
    }

    private void begin(EntryId place) {
        begun = true;
        recent.beginBehind(place);
        all().forEach(Listener::reset);
    }

    private void publish(LiveEvent event) {
        recent.add(event);
        tell(event);
    }

    private void tell(LiveEvent event) {
        listeners.getOrDefault(event.job(), List.of()).forEach(listener -> listener.event(event));
    }

    /** Those of now: what one is told may have it leave. */
    private List<Listener> all() {
        return listeners.values().stream().flatMap(List::stream).toList();
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
