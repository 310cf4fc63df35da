package dev.millrace.api.workflows.engine;

import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes those who follow workflows: at once of what this instance has committed, within 250 ms of what others have. May be used by many
 * threads.
 */
@Singleton
public class WorkflowWatch {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final Map<UUID, List<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Map<UUID, Long> versions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public WorkflowWatch(Db db) {
        this.db = db;
    }

    /** One that follows a workflow, until it is closed. Its waiting is for one thread. */
    public final class Watcher implements AutoCloseable {

        private final UUID workflow;
        private final Semaphore rung = new Semaphore(0);

        private Watcher(UUID workflow) {
            this.workflow = workflow;
        }

        /** Waits until the workflow may have changed; false if it has not within the time. */
        public boolean await(Duration atMost) throws InterruptedException {
            boolean woken = rung.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            rung.drainPermits();
            return woken;
        }

        /** Ends the wait. */
        public void wake() {
            rung.release();
        }

        /** Whether the instance shuts down, so that nobody is to be followed any more. */
        public boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            watchers.computeIfPresent(workflow, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** To be asked before the workflow is read. */
    public Watcher watch(UUID workflow) {
        Watcher watcher = new Watcher(workflow);
        watchers.compute(workflow, (id, before) -> {
            List<Watcher> all = before == null ? new CopyOnWriteArrayList<>() : before;
            all.add(watcher);
            return all;
        });
        return watcher;
    }

    /** These have changed, as of a commit. */
    void changed(Collection<UUID> workflows) {
        workflows.forEach(workflow -> watchers.getOrDefault(workflow, List.of()).forEach(Watcher::wake));
    }

    /** Looks at all that are followed. */
    void lookOnce() {
        versions.keySet().retainAll(watchers.keySet());
        List<UUID> wanted = List.copyOf(watchers.keySet());
        if (!wanted.isEmpty()) {
            Map<UUID, Long> now = db.session(LIMIT, tx -> WorkflowRows.versions(tx, wanted));
            changed(now.entrySet().stream()
                    .filter(one -> !one.getValue().equals(versions.put(one.getKey(), one.getValue())))
                    .map(Map.Entry::getKey)
                    .toList());
        }
    }

    /** Sends all away. */
    void close() {
        closed = true;
        watchers.values().forEach(all -> all.forEach(Watcher::wake));
    }
}
