package dev.millrace.api.live;

import dev.millrace.api.live.events.Answers;
import dev.millrace.api.live.events.LiveEvent;
import dev.millrace.api.live.events.LiveEvents.Joined;
import dev.millrace.api.live.sse.Channel;
import dev.millrace.api.live.sse.EventStream;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.live.sse.Frames;
import dev.millrace.api.live.sse.Inbox;
import dev.millrace.api.live.sse.Inbox.Mail;
import dev.millrace.api.live.sse.ResumeId;
import dev.millrace.api.live.sse.StreamComplete;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The events of one job for one client: a snapshot or the events it missed, then each event as it comes, then {@code done}.
 * It joins the live events before it reads the row, and applies to the row the events that the projection has not applied
 * yet, so that none is lost in between.
 */
final class JobEventStream implements EventStream {

    private final LiveContext context;
    private final String tenant;
    private final Redaction redaction;
    private final JobId job;
    private final @Nullable String lastEventId;

    JobEventStream(LiveContext context, String tenant, Redaction redaction, JobId job, @Nullable String lastEventId) {
        this.context = context;
        this.tenant = tenant;
        this.redaction = redaction;
        this.job = job;
        this.lastEventId = lastEventId;
    }

    /** Refuses unknown jobs, and throws {@link StreamComplete} for a client that has received the end. */
    void requireUnfinished() throws InterruptedException {
        requireUnfinished(row());
    }

    @Override
    public void run(Channel out) throws InterruptedException {
        boolean restart = false;
        Session session = new Session(out);
        do {
            Inbox<LiveEvent> inbox = new Inbox<>(
                    context.settings().clientEvents(), context.settings().clientBytes(), LiveEvent::bytes);
            InboxListener listener = new InboxListener(inbox);
            out.whenGone(inbox::close);
            context.live().wake(LiveContext.WAKING);
            Joined joined = context.live().join(job, listener);
            try {
                restart = session.run(joined, inbox, restart);
            } finally {
                context.live().leave(job, listener);
            }
        } while (restart);
    }

    private JobRow row() throws InterruptedException {
        return Answers.of(context.queries().find(tenant, job)).orElseThrow(() -> Refusals.unknownJob(job));
    }

    private void requireUnfinished(JobRow row) {
        if (lastEventId != null && lastEventId.equals(Frames.doneId(row))) {
            throw new StreamComplete();
        }
    }

    /** One client's connection, and what was sent over it. */
    private final class Session {

        private final Channel out;
        private String lastId = lastEventId == null ? EntryId.ZERO.toString() : lastEventId;
        private EntryId sentUpTo = EntryId.ZERO;
        private JobRow known;
        private boolean closed;

        private Session(Channel out) throws InterruptedException {
            this.out = out;
            this.known = row();
        }

        /** Sends until the stream ends; true if it has to restart because events may have been missed. */
        private boolean run(Joined joined, Inbox<LiveEvent> inbox, boolean restart) throws InterruptedException {
            known = row();
            if (restart) {
                restart(joined);
            } else {
                begin(joined);
            }
            while (!closed) {
                switch (inbox.take(context.settings().heartbeat())) {
                    case Mail.Item<LiveEvent> mail -> forward(mail.item());
                    case Mail.Nothing<LiveEvent> quiet -> out.send(Frame.HEARTBEAT);
                    case Mail.Lagged<LiveEvent> tooSlow -> lag();
                    case Mail.Closed<LiveEvent> end -> closed = true;
                    case Mail.Reset<LiveEvent> lost -> {
                        return true;
                    }
                }
            }
            return false;
        }

        private void begin(Joined joined) throws InterruptedException {
            requireUnfinished(known);
            out.send(Frame.HEARTBEAT);
            switch (ResumeId.of(lastEventId)) {
                case ResumeId.None first -> snapshot(joined);
                case ResumeId.Unknown garbage -> restart(joined);
                case ResumeId.Behind behind -> resume(joined, behind.entry());
            }
        }

        private void restart(Joined joined) throws InterruptedException {
            context.meters().reset();
            send(Frame.reset(joined.position()));
            snapshot(joined);
        }

        private void snapshot(Joined joined) throws InterruptedException {
            JobRow committed = known;
            Position ending = null;
            for (LiveEvent event : joined.recent()) {
                ending = isNew(event.end()) ? event.end() : ending;
                known = event.change() == null ? known : known.after(event.change());
            }
            sentUpTo = joined.position();
            send(context.frames().snapshot(joined.position(), known, redaction));
            if (committed.ended()) {
                done(committed);
            } else if (ending != null) {
                doneWhenCommitted(ending);
            }
        }

        private void resume(Joined joined, EntryId after) throws InterruptedException {
            Optional<List<LiveEvent>> missed = missed(joined, after);
            if (missed.isEmpty()) {
                restart(joined);
                return;
            }
            sentUpTo = after;
            JobRow committed = known;
            known = before(joined, after);
            for (LiveEvent event : missed.get()) {
                forward(event);
            }
            if (!closed && committed.ended()) {
                done(committed);
            }
        }

        private Optional<List<LiveEvent>> missed(Joined joined, EntryId after) throws InterruptedException {
            if (after.compareTo(joined.position()) > 0) {
                // The instance that sent it that far was ahead of this one.
                return context.history().knows(after) ? Optional.of(List.of()) : Optional.empty();
            }
            return context.live().covers(after)
                    ? Optional.of(joined.recent())
                    : context.history().missed(job, after, joined.position());
        }

        private JobRow before(Joined joined, EntryId after) {
            JobRow row = RowAsOf.upTo(after, known);
            for (LiveEvent event : joined.recent()) {
                boolean sent = event.id().compareTo(after) <= 0;
                row = sent && event.change() != null ? row.after(event.change()) : row;
            }
            return row;
        }

        private void forward(LiveEvent event) throws InterruptedException {
            if (closed || event.id().compareTo(sentUpTo) <= 0) {
                return;
            }
            if (event.change() == null) {
                forwardEnd(event.end());
                return;
            }
            sentUpTo = event.id();
            known = known.after(event.change());
            send(context.frames().change(event.id(), event.change(), known, redaction));
        }

        private void forwardEnd(@Nullable Position end) throws InterruptedException {
            if (end != null && isNew(end)) {
                doneWhenCommitted(end);
            }
        }

        /** Whether the end is of the current run, as far as is known; earlier ends were sent, or the job was requeued since. */
        private boolean isNew(@Nullable Position end) {
            return end != null && end.compareTo(known.status().supersededUpTo()) > 0;
        }

        private void doneWhenCommitted(Position position) throws InterruptedException {
            CompletableFuture<JobRow> end = context.ends().await(job, position);
            boolean shown = false;
            while (!closed && !shown) {
                try {
                    JobRow row = end.get(context.settings().heartbeat().toNanos(), TimeUnit.NANOSECONDS);
                    shown = true;
                    doneOrRequeued(row, position);
                } catch (TimeoutException notYet) {
                    heartbeatOr(end);
                } catch (CancellationException shutdown) {
                    closed = true;
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException("Waiting for the end of job " + job + " failed.", impossible);
                }
            }
        }

        /** A job that was requeued meanwhile has no end to show; the stream goes on behind that end. */
        private void doneOrRequeued(JobRow row, Position position) throws InterruptedException {
            if (row.ended()) {
                done(row);
            } else {
                known = RowAsOf.upTo(position.event(), row);
            }
        }

        private void heartbeatOr(CompletableFuture<JobRow> abandoned) throws InterruptedException {
            try {
                out.send(Frame.HEARTBEAT);
            } catch (Channel.Gone gone) {
                abandoned.cancel(false);
                throw gone;
            }
        }

        private void done(JobRow row) throws InterruptedException {
            closed = true;
            send(context.frames().done(row, redaction));
        }

        private void lag() throws InterruptedException {
            closed = true;
            context.meters().lagged();
            send(Frame.lagged(lastId));
        }

        private void send(Frame frame) throws InterruptedException {
            out.send(frame);
            lastId = frame.id() == null ? lastId : frame.id();
        }
    }
}
