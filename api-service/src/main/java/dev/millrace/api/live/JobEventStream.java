package dev.millrace.api.live;

import dev.millrace.api.live.Inbox.Mail;
import dev.millrace.api.live.LiveEvents.Joined;
import dev.millrace.api.record.job.JobRow;
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
 * One job told to one client: a snapshot or what it missed, then the news, then {@code done}. It listens before it reads
 * the row, and puts the events onto the row that the projection has not brought there yet: so nothing falls between.
 */
final class JobEventStream implements EventStream {

    private final LiveContext streams;
    private final String tenant;
    private final JobId job;
    private final @Nullable String lastEventId;

    JobEventStream(LiveContext streams, String tenant, JobId job, @Nullable String lastEventId) {
        this.streams = streams;
        this.tenant = tenant;
        this.job = job;
        this.lastEventId = lastEventId;
    }

    /** Refuses unknown jobs, and throws {@link StreamComplete} for a client that knows the end. */
    void requireTellable() throws InterruptedException {
        requireNews(row());
    }

    @Override
    public void tell(Channel out) throws InterruptedException {
        boolean anew = false;
        Session telling = new Session(out);
        do {
            Inbox<LiveEvent> inbox = new Inbox<>(
                    streams.config().clientEvents(), streams.config().clientBytes(), LiveEvent::bytes);
            InboxListener listener = new InboxListener(inbox);
            out.whenGone(inbox::close);
            Joined joined = streams.live().join(job, listener);
            try {
                anew = telling.from(joined, inbox, anew);
            } finally {
                streams.live().leave(job, listener);
            }
        } while (anew);
    }

    private JobRow row() throws InterruptedException {
        return Answers.of(streams.queries().find(tenant, job)).orElseThrow(() -> Refusals.unknownJob(job));
    }

    private void requireNews(JobRow row) {
        if (lastEventId != null && lastEventId.equals(Frames.doneId(row))) {
            throw new StreamComplete();
        }
    }

    /** One client's place in the story. */
    private final class Session {

        private final Channel out;
        private String lastId = lastEventId == null ? EntryId.ZERO.toString() : lastEventId;
        private EntryId toldUpTo = EntryId.ZERO;
        private JobRow known;
        private boolean over;

        private Session(Channel out) throws InterruptedException {
            this.out = out;
            this.known = row();
        }

        /** Tells until the stream ends; true if it has to begin anew. */
        private boolean from(Joined joined, Inbox<LiveEvent> inbox, boolean anew) throws InterruptedException {
            known = row();
            if (anew) {
                beginAnew(joined);
            } else {
                begin(joined);
            }
            while (!over) {
                switch (inbox.take(streams.config().heartbeat())) {
                    case Mail.Item<LiveEvent> mail -> tell(mail.item());
                    case Mail.Nothing<LiveEvent> quiet -> out.send(Frame.HEARTBEAT);
                    case Mail.Lagged<LiveEvent> tooSlow -> lag();
                    case Mail.Closed<LiveEvent> closed -> over = true;
                    case Mail.Reset<LiveEvent> lost -> {
                        return true;
                    }
                }
            }
            return false;
        }

        private void begin(Joined joined) throws InterruptedException {
            requireNews(known);
            out.send(Frame.HEARTBEAT);
            switch (ResumeId.of(lastEventId)) {
                case ResumeId.None first -> snapshot(joined);
                case ResumeId.Unknown garbage -> beginAnew(joined);
                case ResumeId.Behind behind -> resume(joined, behind.entry());
            }
        }

        private void beginAnew(Joined joined) throws InterruptedException {
            streams.meters().reset();
            send(Frame.reset(joined.position()));
            snapshot(joined);
        }

        private void snapshot(Joined joined) throws InterruptedException {
            JobRow committed = known;
            Position ending = null;
            for (LiveEvent event : joined.recent()) {
                ending = isNew(event.end()) ? event.end() : ending;
                known = event.news() == null ? known : known.after(event.news());
            }
            toldUpTo = joined.position();
            send(streams.frames().snapshot(joined.position(), known));
            if (committed.ended()) {
                done(committed);
            } else if (ending != null) {
                doneWhenCommitted(ending);
            }
        }

        private void resume(Joined joined, EntryId after) throws InterruptedException {
            Optional<List<LiveEvent>> missed = missed(joined, after);
            if (missed.isEmpty()) {
                beginAnew(joined);
                return;
            }
            toldUpTo = after;
            JobRow committed = known;
            known = before(joined, after);
            for (LiveEvent event : missed.get()) {
                tell(event);
            }
            if (!over && committed.ended()) {
                done(committed);
            }
        }

        private Optional<List<LiveEvent>> missed(Joined joined, EntryId after) throws InterruptedException {
            if (after.compareTo(joined.position()) > 0) {
                // The instance that told it this far was ahead of this one.
                return streams.history().knows(after) ? Optional.of(List.of()) : Optional.empty();
            }
            return streams.live().covers(after)
                    ? Optional.of(joined.recent())
                    : streams.history().missed(job, after, joined.position());
        }

        private JobRow before(Joined joined, EntryId after) {
            JobRow row = RowAsOf.upTo(after, known);
            for (LiveEvent event : joined.recent()) {
                boolean told = event.id().compareTo(after) <= 0;
                row = told && event.news() != null ? row.after(event.news()) : row;
            }
            return row;
        }

        private void tell(LiveEvent event) throws InterruptedException {
            if (over || event.id().compareTo(toldUpTo) <= 0) {
                return;
            }
            if (event.news() == null) {
                tellEnd(event.end());
                return;
            }
            toldUpTo = event.id();
            known = known.after(event.news());
            send(streams.frames().news(event.id(), event.news(), known));
        }

        private void tellEnd(@Nullable Position end) throws InterruptedException {
            if (end != null && isNew(end)) {
                doneWhenCommitted(end);
            }
        }

        /** Whether the end is of a run that goes on as far as is known; others were told, or the job was requeued since. */
        private boolean isNew(@Nullable Position end) {
            return end != null && end.compareTo(known.status().supersededUpTo()) > 0;
        }

        private void doneWhenCommitted(Position position) throws InterruptedException {
            CompletableFuture<JobRow> end = streams.ends().await(job, position);
            boolean shown = false;
            while (!over && !shown) {
                try {
                    JobRow row = end.get(streams.config().heartbeat().toNanos(), TimeUnit.NANOSECONDS);
                    shown = true;
                    doneOrRequeued(row, position);
                } catch (TimeoutException notYet) {
                    heartbeatOr(end);
                } catch (CancellationException shutdown) {
                    over = true;
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException("Waiting for the end of job " + job + " failed.", impossible);
                }
            }
        }

        /** A job that was requeued meanwhile has no end to show; the story goes on behind that end. */
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
            over = true;
            send(streams.frames().done(row));
        }

        private void lag() throws InterruptedException {
            over = true;
            streams.meters().lagged();
            send(Frame.lagged(lastId));
        }

        private void send(Frame frame) throws InterruptedException {
            out.send(frame);
            lastId = frame.id() == null ? lastId : frame.id();
        }
    }
}
