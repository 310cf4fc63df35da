package dev.millrace.api.live;

import dev.millrace.api.live.Inbox.Mail;
import dev.millrace.api.record.query.JobRow;
import dev.millrace.batch.Parts;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The news of all jobs that pass a filter, told to one client: what it missed, then what comes. */
final class GlobalEventStream implements EventStream {

    private static final int PAGE = 100;

    private final LiveContext streams;
    private final FeedFilter filter;
    private final @Nullable String lastEventId;
    private final Inbox<Frame> inbox;

    GlobalEventStream(LiveContext streams, FeedFilter filter, @Nullable String lastEventId) {
        this.streams = streams;
        this.filter = filter;
        this.lastEventId = lastEventId;
        this.inbox =
                new Inbox<>(streams.config().clientEvents(), streams.config().clientBytes(), Frame::bytes);
    }

    @Override
    public void tell(Channel out) throws InterruptedException {
        out.whenGone(inbox::close);
        try {
            new Session(out).tell();
        } finally {
            streams.feed().leave(inbox);
        }
    }

    private final class Session {

        private final Channel out;
        private String lastId = lastEventId == null ? EntryId.ZERO.toString() : lastEventId;
        private boolean over;

        private Session(Channel out) {
            this.out = out;
        }

        private void tell() throws InterruptedException {
            open(ResumeId.of(lastEventId));
            while (!over) {
                switch (inbox.take(streams.config().heartbeat())) {
                    case Mail.Item<Frame> mail -> send(mail.item());
                    case Mail.Nothing<Frame> quiet -> out.send(Frame.HEARTBEAT);
                    case Mail.Reset<Frame> lost -> sendReset();
                    case Mail.Lagged<Frame> tooSlow -> lag();
                    case Mail.Closed<Frame> closed -> over = true;
                }
            }
        }

        /** A client that sees its stream open relies on being told of what happens from then on: so it joins first. */
        private void open(ResumeId from) throws InterruptedException {
            if (from instanceof ResumeId.None) {
                joinNow();
            }
            out.send(Frame.HEARTBEAT);
            switch (from) {
                case ResumeId.None joined -> {}
                case ResumeId.Unknown garbage -> beginAnew();
                case ResumeId.Behind behind -> resume(behind.entry());
            }
        }

        private void joinNow() {
            while (!streams.feed().join(listener(streams.feed().position()))) {
                Thread.onSpinWait();
            }
        }

        private void beginAnew() throws InterruptedException {
            joinNow();
            sendReset();
        }

        private void resume(EntryId after) throws InterruptedException {
            EntryId place = after;
            boolean known = place.compareTo(streams.feed().position()) <= 0
                    || streams.history().knows(place);
            while (known && !streams.feed().join(listener(place))) {
                EntryId upTo = streams.feed().position();
                Optional<List<LiveEvent>> missed = streams.history().missed(place, upTo);
                known = missed.isPresent();
                replay(missed.orElse(List.of()));
                place = upTo;
            }
            if (!known) {
                beginAnew();
            }
        }

        private void replay(List<LiveEvent> missed) throws InterruptedException {
            for (List<LiveEvent> page : Parts.of(missed, PAGE)) {
                Map<JobId, JobRow> rows = Answers.of(streams.queries()
                        .findAll(page.stream().map(LiveEvent::job).distinct().toList()));
                for (LiveEvent event : page) {
                    replay(event, rows.get(event.job()));
                }
            }
        }

        private void replay(LiveEvent event, @Nullable JobRow row) throws InterruptedException {
            JobRow then = row == null || !Feed.isTellable(event, row) ? null : Feed.at(event, row);
            if (then != null && filter.wants(then)) {
                send(Feed.frame(streams.frames(), event, then));
            }
        }

        private Feed.Listener listener(EntryId behind) {
            return new Feed.Listener(filter, behind, inbox);
        }

        private void sendReset() throws InterruptedException {
            streams.meters().reset();
            send(Frame.reset(streams.feed().position()));
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
