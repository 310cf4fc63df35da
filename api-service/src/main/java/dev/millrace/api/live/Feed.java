package dev.millrace.api.live;

import static java.util.function.Function.identity;

import dev.millrace.api.live.events.Answers;
import dev.millrace.api.live.events.CommittedEnds;
import dev.millrace.api.live.events.LiveEvent;
import dev.millrace.api.live.events.LiveEvents;
import dev.millrace.api.live.events.LiveEvents.Stretch;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.live.sse.Frames;
import dev.millrace.api.live.sse.Inbox;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of all jobs, in their order, to everyone who listens. An end that the record does not show yet holds
 * back what lies behind it. The jobs of a stretch are read with one query, and only while somebody listens.
 */
final class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int STRETCH = 500;

    /** A client that receives the events behind a place which pass its filter. */
    record Listener(FeedFilter filter, Redaction redaction, EntryId behind, Inbox<Frame> inbox) {}

    /** An event as each of the listeners is shown it: most jobs look the same to all. */
    private record Shown(Frame whole, Map<Redaction, Frame> redacted) {

        Frame to(Listener listener) {
            return redacted.getOrDefault(listener.redaction(), whole);
        }
    }

    private final LiveEvents live;
    private final CommittedEnds ends;
    private final JobQueries queries;
    private final Frames frames;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();
    private final List<Listener> listeners = new ArrayList<>();
    private EntryId position = EntryId.ZERO;
    private volatile boolean closed;

    Feed(LiveEvents live, CommittedEnds ends, JobQueries queries, Frames frames) {
        this.live = live;
        this.ends = ends;
        this.queries = queries;
        this.frames = frames;
    }

    /** Up to where events were passed on; while nobody listens the position of the reader, so that nothing is missed. */
    EntryId position() {
        lock.lock();
        try {
            if (listeners.isEmpty()) {
                position = live.position();
            }
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Joins unless events behind the listener's place were passed on already; says whether it did. */
    boolean join(Listener listener) {
        lock.lock();
        try {
            boolean upToDate = listener.behind().compareTo(position) >= 0;
            if (upToDate) {
                add(listener);
            }
            return upToDate;
        } finally {
            lock.unlock();
        }
    }

    void leave(Inbox<Frame> inbox) {
        locked(() -> {
            if (listeners.removeIf(listener -> listener.inbox() == inbox) && listeners.isEmpty()) {
                live.unfollow();
            }
        });
    }

    /**
     * Waits up to a second for events and passes them on, or up to ten for somebody who listens. Returns how long to pause: not
     * at all, unless this was closed.
     */
    Duration forwardOnce() throws InterruptedException {
        if (awaitListener()) {
            forward();
        }
        return closed ? REST : Duration.ZERO;
    }

    private boolean awaitListener() throws InterruptedException {
        lock.lock();
        try {
            long left = REST.toNanos();
            while (listeners.isEmpty() && !closed && left > 0) {
                left = joined.awaitNanos(left);
            }
            return !listeners.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void forward() throws InterruptedException {
        EntryId from = position();
        if (!live.awaitBehind(from, TURN)) {
            return;
        }
        Optional<Stretch> stretch = live.stretch(from, STRETCH);
        if (stretch.isEmpty()) {
            restart(live.position());
        } else {
            forward(stretch.get());
        }
    }

    void close() {
        locked(() -> {
            closed = true;
            listeners.forEach(listener -> listener.inbox().close());
            joined.signalAll();
        });
    }

    private void add(Listener listener) {
        if (listeners.isEmpty()) {
            live.follow();
        }
        listeners.add(listener);
        joined.signal();
        if (closed) {
            listener.inbox().close();
        }
    }

    private void restart(EntryId place) {
        locked(() -> {
            position = place;
            listeners.forEach(listener -> listener.inbox().reset());
        });
    }

    private void forward(Stretch stretch) throws InterruptedException {
        Map<JobId, JobRow> rows = rows(stretch.events());
        for (LiveEvent event : stretch.events()) {
            JobRow row = rows.get(event.job());
            if (row != null && isToCome(event, row)) {
                awaitCommit(event);
                return;
            }
            publish(event, row);
        }
        locked(() -> position = stretch.upTo());
    }

    private Map<JobId, JobRow> rows(List<LiveEvent> events) throws InterruptedException {
        return Answers.of(
                queries.findAll(events.stream().map(LiveEvent::job).distinct().toList()));
    }

    /** Then the rows are read again, since others were committed meanwhile. */
    private void awaitCommit(LiveEvent event) throws InterruptedException {
        JobId job = event.job();
        CompletableFuture<JobRow> end = ends.await(job, event.end());
        try {
            end.get(TURN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            LOG.debugf("The end of job %s holds back the feed until it is committed.", job);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("Waiting for the end of job " + job + " failed.", impossible);
        } finally {
            end.cancel(false);
        }
    }

    /** Whether it is an end that the record does not show yet. One from which the job was requeued it shows no more. */
    private static boolean isToCome(LiveEvent event, JobRow row) {
        return event.end() != null
                && !row.ended()
                && event.end().compareTo(row.status().supersededUpTo()) > 0;
    }

    /** Whether the record shows it: of the ends of a job it has the latest only. */
    static boolean isRecorded(LiveEvent event, JobRow row) {
        JobStatus.End end = row.status().ended();
        return event.end() == null || (end != null && event.end().equals(end.position()));
    }

    private void publish(LiveEvent event, @Nullable JobRow row) {
        JobRow then = row == null || !isRecorded(event, row) ? null : at(event, row);
        Shown shown = then == null ? null : shown(event, then);
        locked(() -> {
            position = event.id();
            if (then != null && shown != null) {
                deliver(event.id(), then, shown);
            }
        });
    }

    /** Who joins meanwhile stands behind this event. */
    private Shown shown(LiveEvent event, JobRow then) {
        Set<Redaction> redactions = new HashSet<>();
        locked(() -> listeners.stream()
                .map(Listener::redaction)
                .filter(redaction -> redaction.concerns(then.task()))
                .forEach(redactions::add));
        return new Shown(
                frame(frames, event, then, Redaction.NONE),
                redactions.stream().collect(Collectors.toMap(identity(), one -> frame(frames, event, then, one))));
    }

    private void deliver(EntryId place, JobRow job, Shown shown) {
        for (Listener listener : listeners) {
            if (place.compareTo(listener.behind()) > 0 && listener.filter().wants(job)) {
                listener.inbox().give(shown.to(listener));
            }
        }
    }

    /** The job as it stood after the event. */
    static JobRow at(LiveEvent event, JobRow row) {
        return event.change() == null
                ? row
                : RowAsOf.upTo(event.id().previous(), row).after(event.change());
    }

    static Frame frame(Frames frames, LiveEvent event, JobRow then, Redaction redaction) {
        return event.change() == null
                ? frames.done(then, redaction)
                : frames.change(event.id(), event.change(), then, redaction);
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
