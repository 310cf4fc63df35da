package dev.millrace.api.live.events;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.api.record.projection.CommittedEndsListener;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches rows of jobs whose end was seen on the stream, until the record shows it: at once when this instance has committed
 * the end, else again and again. All that are due are looked at with one query.
 */
public final class CommittedEnds implements CommittedEndsListener {

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration NEXT_LOOK = Duration.ofMillis(250);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    private final JobQueries queries;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<JobId, Watch> watches = new HashMap<>();
    private final RecentCommits recent = new RecentCommits();
    private final ExpectedEnds expected = new ExpectedEnds();
    private boolean closed;

    /** One that waits for an end of the job: the named one, or any if none is named. */
    private record Waiting(
            CompletableFuture<JobRow> row, @Nullable Position end) {

        boolean isDone() {
            return row.isDone();
        }

        void cancel() {
            row.cancel(false);
        }

        /** An end that came before the latest requeue is not shown any more, and will not be. */
        boolean isShownBy(JobRow found) {
            boolean passed = end != null && end.compareTo(found.status().supersededUpTo()) <= 0;
            return found.ended() || passed;
        }
    }

    /** A job that some wait for. */
    private static final class Watch {

        private final List<Waiting> waiting = new ArrayList<>();
        private long due;

        private Watch(long due) {
            this.due = due;
        }
    }

    public CommittedEnds(JobQueries queries, LongSupplier nanos) {
        this.queries = queries;
        this.nanos = nanos;
    }

    /** Completes when the record shows an end of the job. Whoever does not want to wait any more cancels it. */
    public CompletableFuture<JobRow> await(JobId job) {
        return await(job, null);
    }

    /** As {@link #await(JobId)}; also when the job was requeued from this end: then the row has not ended. */
    public CompletableFuture<JobRow> await(JobId job, @Nullable Position end) {
        CompletableFuture<JobRow> row = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                row.cancel(false);
                return row;
            }
            watches.computeIfAbsent(job, one -> new Watch(nanos.getAsLong() + firstLook(job)))
                    .waiting
                    .add(new Waiting(row, end));
            changed.signal();
            return row;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes with the next plain end of the job that this instance commits; with another end, or one that another instance
     * commits, never. Whoever does not want to wait any more cancels it.
     */
    CompletableFuture<PlainEnd> expect(JobId job) {
        return expected.expect(job);
    }

    @Override
    public void shown(Collection<PlainEnd> ends) {
        expected.shown(ends);
    }

    /** These ends were committed by this instance: the rows of those that are watched, now or in a moment, are looked at. */
    @Override
    public void committed(Collection<JobId> ended) {
        lock.lock();
        try {
            recent.addAll(ended);
            ended.stream().map(watches::get).filter(Objects::nonNull).forEach(watch -> watch.due = nanos.getAsLong());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    // The commit may have been quicker than the event.
    private long firstLook(JobId job) {
        return recent.contains(job) ? 0 : FIRST_LOOK.toNanos();
    }

    /** Waits until rows are due and looks at them; returns after a second at most if none are. */
    public void lookOnce() throws InterruptedException {
        List<JobId> due = awaitDue();
        if (due.isEmpty()) {
            return;
        }
        try {
            Map<JobId, JobRow> rows =
                    queries.findAll(due).toCompletableFuture().get(ANSWER.toNanos(), TimeUnit.NANOSECONDS);
            due.forEach(job -> looked(job, rows.get(job)));
        } catch (ExecutionException | TimeoutException away) {
            throw new IllegalStateException("PostgreSQL did not say which jobs have ended; asking again.", away);
        }
    }

    public void close() {
        lock.lock();
        try {
            closed = true;
            watches.values().forEach(watch -> watch.waiting.forEach(Waiting::cancel));
            watches.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<JobId> awaitDue() throws InterruptedException {
        lock.lock();
        try {
            long end = nanos.getAsLong() + IDLE.toNanos();
            while (!closed && untilDue() > 0 && end - nanos.getAsLong() > 0) {
                changed.awaitNanos(Math.min(untilDue(), end - nanos.getAsLong()));
            }
            return takeDue();
        } finally {
            lock.unlock();
        }
    }

    private long untilDue() {
        watches.values().removeIf(watch -> watch.waiting.stream().allMatch(Waiting::isDone));
        return watches.values().stream()
                .mapToLong(watch -> watch.due - nanos.getAsLong())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The next look is settled now, so that it also comes when this one fails. */
    private List<JobId> takeDue() {
        long now = nanos.getAsLong();
        List<JobId> due = new ArrayList<>();
        watches.forEach((job, watch) -> {
            if (watch.due - now <= 0 && due.size() < BATCH) {
                due.add(job);
                watch.due = now + NEXT_LOOK.toNanos();
            }
        });
        return due;
    }

    private void looked(JobId job, @Nullable JobRow row) {
        if (row != null) {
            shown(job, row).forEach(one -> one.row().complete(row));
        }
    }

    private List<Waiting> shown(JobId job, JobRow row) {
        lock.lock();
        try {
            Watch watch = watches.get(job);
            if (watch == null) {
                return List.of();
            }
            List<Waiting> shown =
                    watch.waiting.stream().filter(one -> one.isShownBy(row)).toList();
            watch.waiting.removeAll(shown);
            return shown;
        } finally {
            lock.unlock();
        }
    }
}
