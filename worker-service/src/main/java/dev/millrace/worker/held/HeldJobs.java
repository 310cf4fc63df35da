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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Every entry that this worker holds: waiting for a slot, running, or ended and not yet settled. What is in here is
 * renewed, and an entry that is in here is never started a second time.
 */
public final class HeldJobs {

    private final Map<EntryKey, JobRun> held = new ConcurrentHashMap<>();
    private final Semaphore arrivals = new Semaphore(0);
    private volatile boolean awaited;

    /** False if the entry is in our hands already. */
    public boolean add(JobRun run) {
        boolean added = held.putIfAbsent(run.key(), run) == null;
        if (added && awaited) {
            arrivals.release();
        }
        return added;
    }

    /** Returns when something is held, or the time is over. For one thread. */
    public void awaitAny(Duration atMost) throws InterruptedException {
        awaited = true;
        try {
            arrivals.drainPermits();
            if (held.isEmpty()) {
                arrivals.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            awaited = false;
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
