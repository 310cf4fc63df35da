package dev.millrace.api.live;

import dev.millrace.api.live.events.Answers;
import dev.millrace.api.live.events.LiveEvent;
import dev.millrace.api.live.sse.Channel;
import dev.millrace.api.live.sse.EventStream;
import dev.millrace.api.live.sse.Frame;
import dev.millrace.api.live.sse.Inbox;
import dev.millrace.api.live.sse.Inbox.Mail;
import dev.millrace.api.live.sse.ResumeId;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.batch.Parts;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of all jobs that pass a filter, for one client: those it missed, then each as it comes. */
final class GlobalEventStream implements EventStream {

    private static final int PAGE = 100;

    private final LiveContext context;
    private final FeedFilter filter;
    private final Redaction redaction;
    private final @Nullable String lastEventId;
    private final Inbox<Frame> inbox;

    GlobalEventStream(LiveContext context, FeedFilter filter, Redaction redaction, @Nullable String lastEventId) {
        this.context = context;
        this.filter = filter;
        this.redaction = redaction;
        this.lastEventId = lastEventId;
        this.inbox = new Inbox<>(
                context.settings().clientEvents(), context.settings().clientBytes(), Frame::bytes);
    }

    @Override
    public void run(Channel out) throws InterruptedException {
        out.whenGone(inbox::close);
        try {
            new Session(out).run();
        } finally {
            context.feed().leave(inbox);
        }
    }

    private final class Session {

        private final Channel out;
        private String lastId = lastEventId == null ? EntryId.ZERO.toString() : lastEventId;
        private boolean closed;

        private Session(Channel out) {
            this.out = out;
        }

        private void run() throws InterruptedException {
            open(ResumeId.of(lastEventId));
            while (!closed) {
                switch (inbox.take(context.settings().heartbeat())) {
                    case Mail.Item<Frame> mail -> send(mail.item());
                    case Mail.Nothing<Frame> quiet -> out.send(Frame.HEARTBEAT);
                    case Mail.Reset<Frame> lost -> sendReset();
                    case Mail.Lagged<Frame> tooSlow -> lag();
                    case Mail.Closed<Frame> end -> closed = true;
                }
            }
        }

        /** Joins before the stream opens: once a client sees it open, it relies on every event from then on. */
        private void open(ResumeId from) throws InterruptedException {
            context.live().wake(LiveContext.WAKING);
            if (from instanceof ResumeId.None) {
                joinNow();
            }
            out.send(Frame.HEARTBEAT);
            switch (from) {
                case ResumeId.None joined -> {}
                case ResumeId.Unknown garbage -> restart();
                case ResumeId.Behind behind -> resume(behind.entry());
            }
        }

        private void joinNow() {
            while (!context.feed().join(listener(context.feed().position()))) {
                Thread.onSpinWait();
            }
        }

        private void restart() throws InterruptedException {
            joinNow();
            sendReset();
        }

        private void resume(EntryId after) throws InterruptedException {
            EntryId place = after;
            boolean known = place.compareTo(context.feed().position()) <= 0
                    || context.history().knows(place);
            while (known && !context.feed().join(listener(place))) {
                EntryId upTo = context.feed().position();
                Optional<List<LiveEvent>> missed = context.history().missed(place, upTo);
                known = missed.isPresent();
                replay(missed.orElse(List.of()));
                place = upTo;
            }
            if (!known) {
                restart();
            }
        }

        private void replay(List<LiveEvent> missed) throws InterruptedException {
            for (List<LiveEvent> page : Parts.of(missed, PAGE)) {
                Map<JobId, JobRow> rows = Answers.of(context.queries()
                        .findAll(page.stream().map(LiveEvent::job).distinct().toList()));
                for (LiveEvent event : page) {
                    replay(event, rows.get(event.job()));
                }
            }
        }

        private void replay(LiveEvent event, @Nullable JobRow row) throws InterruptedException {
            JobRow then = row == null || !Feed.isRecorded(event, row) ? null : Feed.at(event, row);
            if (then != null && filter.wants(then)) {
                send(Feed.frame(context.frames(), event, then, redaction));
            }
        }

        private Feed.Listener listener(EntryId behind) {
            return new Feed.Listener(filter, redaction, behind, inbox);
        }

        private void sendReset() throws InterruptedException {
            context.meters().reset();
            send(Frame.reset(context.feed().position()));
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
