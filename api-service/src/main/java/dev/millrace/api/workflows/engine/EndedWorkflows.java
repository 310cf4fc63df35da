package dev.millrace.api.workflows.engine;

import dev.millrace.api.base.timeout.Timeouts;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells those who wait for the ends of workflows: at once of what this instance has committed, within 250 ms of what others have. May be
 * used by many threads.
 */
@Singleton
public class EndedWorkflows {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final Timeouts timeouts;
    private final Map<UUID, List<Waiting>> waiting = new ConcurrentHashMap<>();

    /** One that waits. */
    private static final class Waiting {
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    }

    public EndedWorkflows(Db db, Timeouts timeouts) {
        this.db = db;
        this.timeouts = timeouts;
    }

    /**
     * Completes when the workflow has ended, or after that time, with the workflow as it stands then. To be asked before the workflow can
     * end.
     */
    public CompletionStage<Optional<WorkflowRow>> await(String tenant, UUID workflow, Duration atMost) {
        Waiting one = new Waiting();
        waiting.compute(workflow, (id, before) -> {
            List<Waiting> all = before == null ? new CopyOnWriteArrayList<>() : before;
            all.add(one);
            return all;
        });
        return timeouts.completeLate(one.ended, false, atMost)
                .whenComplete((told, failure) -> forget(workflow, one))
                .thenApplyAsync(told -> find(tenant, workflow), EndedWorkflows::onItsOwnThread);
    }

    /** Whoever completes it must not wait for PostgreSQL. */
    private static void onItsOwnThread(Runnable work) {
        Thread.ofVirtual().name("workflow-end").start(work);
    }

    private void forget(UUID workflow, Waiting one) {
        waiting.computeIfPresent(workflow, (id, all) -> {
            all.remove(one);
            return all.isEmpty() ? null : all;
        });
    }

    /** These have ended, as of a commit. */
    void ended(Collection<UUID> workflows) {
        workflows.forEach(
                workflow -> waiting.getOrDefault(workflow, List.of()).forEach(one -> one.ended.complete(true)));
    }

    /** Looks at all that are waited for. */
    void lookOnce() {
        List<UUID> wanted = List.copyOf(waiting.keySet());
        if (!wanted.isEmpty()) {
            ended(db.session(LIMIT, tx -> WorkflowRows.endedAmong(tx, wanted)));
        }
    }

    /** The workflow as it stands. */
    public Optional<WorkflowRow> find(String tenant, UUID workflow) {
        return db.session(LIMIT, tx -> WorkflowRows.find(tx, tenant, workflow));
    }
}
