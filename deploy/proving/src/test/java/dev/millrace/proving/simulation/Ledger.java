package dev.millrace.proving.simulation;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.Position;
import dev.millrace.job.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: what was accepted and how it stands. Each method is one transaction; while it is away, each throws. */
final class Ledger {

    /** PostgreSQL is away, and the transaction did not happen. */
    static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1;

        Away() {
            super("PostgreSQL is away.", null, false, false);
        }
    }

    /** A job's row. */
    static final class Row {
        final Job job;
        private final @Nullable Instant firstDue;
        JobStatus status;
        long run = 1;
        int attempt = 1;

        boolean cancelRequested;
        boolean outbox;
        long outboxSince;
        long endedAt = Long.MAX_VALUE;
        long lastHeard;
        long cancelledAt;

        Row(Job job, long now) {
            this.job = job;
            this.firstDue = job.due();
            this.status = JobStatus.created(firstDue == null ? JobState.QUEUED : JobState.SCHEDULED);
            this.outbox = true;
            this.outboxSince = now;
            this.lastHeard = now;
        }

        boolean ended() {
            return status.state().ended();
        }

        /** As it is to be put into Redis now. */
        Job next(long nextRun) {
            Instant due = status.due() != null ? status.due() : run == 1 ? firstDue : null;
            return job.withRun(nextRun).withAttempt(attempt).withDeaths(0).withDue(due);
        }
    }

    private final World world;
    private final Map<JobId, Row> rows = new LinkedHashMap<>();
    private final List<Order> ordered = new ArrayList<>();
    private final Set<JobId> children = new HashSet<>();
    private int epoch;
    private boolean complete;
    private int duplicateEnds;
    private @Nullable String reconciler;
    private EntryId cursor = EntryId.ZERO;

    Ledger(World world) {
        this.world = world;
    }

    void reach() {
        if (world.postgresIsAway()) {
            throw new Away();
        }
    }

    void insert(Job job) {
        reach();
        rows.put(job.id(), new Row(job, world.now()));
    }

    Collection<Row> rows() {
        return rows.values();
    }

    @Nullable
    Row row(JobId job) {
        return rows.get(job);
    }

    int epoch() {
        reach();
        return epoch;
    }

    boolean complete() {
        reach();
        return complete;
    }

    void raise(int next) {
        reach();
        epoch = next;
        complete = false;
    }

    void completed(int of) {
        reach();
        complete = of == epoch;
    }

    /** Events of a batch, in one commit. */
    void project(Iterable<JobEvent> events) {
        reach();
        events.forEach(this::project);
    }

    private void project(JobEvent event) {
        Row row = rows.get(event.job());
        if (row == null) {
            return;
        }
        boolean wasEnded = row.ended();
        if (wasEnded && event instanceof Ended) {
            duplicateEnds++;
        }
        JobStatus before = row.status;
        row.status = before.after(event);
        row.lastHeard = world.now();
        if (!wasEnded && !row.status.equals(before)) {
            row.run = Math.max(row.run, event.run());
            row.attempt = row.status.attempt();
        }
        if (row.ended() && !wasEnded) {
            row.endedAt = world.now();
        }
        if (event instanceof Ended end && !wasEnded && !world.has(Bug.ORDERS_BEHIND_THE_COMMIT)) {
            takeOrders(end.job(), end.position().token(), end.orders());
        }
    }

    /** What a run has ordered, in the commit in which its row takes the end. */
    void takeOrders(JobId parent, Token by, @Nullable String text) {
        ordered.addAll(Order.of(parent, by, text));
    }

    /** In a commit of its own. */
    void takeOrdersLater(Iterable<JobEvent> events) {
        reach();
        for (JobEvent event : events) {
            if (event instanceof Ended end) {
                takeOrders(end.job(), end.position().token(), end.orders());
            }
        }
    }

    /** Makes jobs of all that is ordered, but of what was made before. */
    void makeOrdered() {
        reach();
        for (Order order : ordered) {
            boolean fresh = children.add(order.parent().child(order.key()));
            if (fresh || world.has(Bug.ORDERS_MADE_TWICE)) {
                world.trace().made(order);
            }
        }
        ordered.clear();
    }

    /** Whether all that is ordered is made. */
    boolean allIsMade() {
        return ordered.isEmpty();
    }

    int duplicateEnds() {
        return duplicateEnds;
    }

    /** Ends a job that was nowhere in Redis; false if it has moved since. */
    boolean endUnsent(JobId job, JobState state, long run, int itsEpoch) {
        reach();
        Row row = rows.get(job);
        if (row == null || row.ended() || row.run != run) {
            return false;
        }
        EntryId event = new EntryId(world.instant().toEpochMilli(), 0);
        Position end = new Position(new Token(itsEpoch, run, 0), Position.Rank.ENDED, event);
        row.status = new JobStatus(
                state,
                end,
                row.attempt,
                null,
                row.status.started(),
                null,
                new JobStatus.End(end, world.instant(), null, null, null),
                row.status.supersededUpTo());
        row.endedAt = world.now();
        row.outbox = false;
        return true;
    }

    /** A new run of an ended job: true if it had ended. */
    boolean requeue(JobId job) {
        reach();
        Row row = rows.get(job);
        if (row == null || !row.ended()) {
            return false;
        }
        row.status = row.status.requeued();
        row.run++;
        row.attempt = 1;
        row.cancelRequested = false;
        row.endedAt = Long.MAX_VALUE;
        row.outbox = true;
        row.outboxSince = world.now();
        row.lastHeard = world.now();
        return true;
    }

    /** The advisory lock: one at a time, until its process dies. */
    boolean lockReconcile(String process) {
        reach();
        reconciler = reconciler == null ? process : reconciler;
        return reconciler.equals(process);
    }

    void unlockReconcile(String process) {
        reconciler = process.equals(reconciler) ? null : reconciler;
    }

    /** For a projection that reads by id. */
    EntryId cursor() {
        return cursor;
    }

    void cursorAt(EntryId last) {
        cursor = last;
    }
}
