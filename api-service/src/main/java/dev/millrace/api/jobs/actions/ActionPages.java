package dev.millrace.api.jobs.actions;

import dev.millrace.api.jobs.cancel.Cancels;
import dev.millrace.api.jobs.cancel.Cancels.Wanted;
import dev.millrace.api.jobs.delete.Deletes;
import dev.millrace.api.jobs.requeue.Requeue;
import dev.millrace.api.record.members.FoundJob;
import dev.millrace.api.record.query.JobIdPage;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out actions page by page, in every instance. */
@ApplicationScoped
public class ActionPages {

    /** Jobs of one commit, and of one call of Redis. */
    static final int PAGE = Batch.MAX;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMillis(500);

    /** Between two pages, for others' sake. */
    private static final Duration BETWEEN_PAGES = Duration.ofMillis(10);

    private final Db db;
    private final Cancels cancels;
    private final Requeue requeue;

    public ActionPages(Db db, Cancels cancels, Requeue requeue) {
        this.db = db;
        this.cancels = cancels;
        this.requeue = requeue;
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("bulk-actions", this::pageOnce);
    }

    /**
     * What was done to a page of jobs.
     *
     * @param found those of them that are there
     * @param afterCommit what follows
     */
    private record Applied(Map<JobId, FoundJob> found, Runnable afterCommit) {}

    /** Carries out a page of the action whose turn it is, and says how long to pause. */
    public Duration pageOnce() {
        if (!db.session(LIMIT, ActionRows::areRunning)) {
            return IDLE;
        }
        Optional<Runnable> page =
                db.transaction(LIMIT, tx -> ActionRows.next(tx, PAGE).map(action -> page(tx, action)));
        page.ifPresent(Runnable::run);
        return page.isPresent() ? BETWEEN_PAGES : IDLE;
    }

    private Runnable page(Tx tx, Action action) {
        return action.selector() == null ? named(tx, action) : found(tx, action, action.selector());
    }

    private Runnable named(Tx tx, Action action) {
        Applied applied = apply(tx, action, action.idsLeft());
        boolean last = action.idsLeft().size() < PAGE;
        ActionRows.advance(tx, action, Progress.ofNamed(action, applied.found(), last));
        return applied.afterCommit();
    }

    private Runnable found(Tx tx, Action action, Selector selector) {
        JobState state = action.statesLeft().getFirst();
        JobIdPage page = JobIdPage.read(tx, selector.thenIn(state, action.createdAt()), action.place(), PAGE);
        Applied applied = apply(tx, action, page.ids());
        ActionRows.advance(tx, action, Progress.ofFilter(action, page.ids(), page.next(), applied.found()));
        return applied.afterCommit();
    }

    private Applied apply(Tx tx, Action action, List<JobId> jobs) {
        if (jobs.isEmpty()) {
            return new Applied(Map.of(), () -> {});
        }
        return switch (action.kind()) {
            case CANCEL -> cancel(Cancels.want(tx, action.tenant(), jobs, action.reason()));
            case RETRY -> retry(requeue.jobs(tx, action.tenant(), jobs));
            case DELETE -> new Applied(Deletes.delete(tx, action.tenant(), jobs), () -> {});
        };
    }

    private Applied cancel(Wanted wanted) {
        Map<JobId, FoundJob> found = new TreeMap<>();
        wanted.states().forEach((job, state) -> found.put(job, new FoundJob(state, false)));
        return new Applied(found, () -> cancels.carryOut(wanted));
    }

    private Applied retry(Map<JobId, FoundJob> found) {
        int requeued = (int) found.values().stream().filter(Kind.RETRY::fits).count();
        return new Applied(found, () -> requeue.committed(requeued));
    }
}
