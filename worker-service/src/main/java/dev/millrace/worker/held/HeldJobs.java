package dev.millrace.worker.held;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every entry that this worker holds: waiting for a slot, running, or ended and not yet settled. What is in here is
 * renewed, and an entry that is in here is never started a second time.
 */
public final class HeldJobs {

    private final Map<EntryKey, JobRun> held = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    /** False if the entry is in our hands already. */
    public boolean add(JobRun run) {
        boolean added = held.putIfAbsent(run.key(), run) == null;
        if (added && waiting.get() > 0) {
            tellOfArrival();
        }
        return added;
    }

    private void tellOfArrival() {
        lock.lock();
        try {
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when something is held, or the time is over: who looks at what is held need not look at nothing. */
    public void awaitAny(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        waiting.incrementAndGet();
        try {
            while (held.isEmpty() && left > 0) {
                left = arrival.awaitNanos(left);
            }
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    public void remove(JobRun run) {
        held.remove(run.key(), run);
    }

    /** Those that are still held: what was settled meanwhile is not found. */
    public List<JobRun> find(Collection<EntryKey> keys) {
        return keys.stream().map(held::get).filter(Objects::nonNull).toList();
    }

    public Set<EntryKey> keys() {
        return Set.copyOf(held.keySet());
    }

    public Collection<JobRun> all() {
        return Collections.unmodifiableCollection(held.values());
    }

    /** What there is to renew. */
    public List<Delivery> deliveries() {
        return held.values().stream()
                .filter(run -> !run.lost())
                .map(JobRun::delivery)
                .toList();
    }

    /** What runs: its task is not over, and the job is this worker's. */
    public List<TaskExecution> executions() {
        return held.values().stream()
                .map(JobRun::current)
                .filter(Objects::nonNull)
                .toList();
    }

    public boolean isEmpty() {
        return held.isEmpty();
    }
}
