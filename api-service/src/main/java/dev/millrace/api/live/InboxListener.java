package dev.millrace.api.live;

import dev.millrace.api.live.events.LiveEvent;
import dev.millrace.api.live.events.LiveEvents;
import dev.millrace.api.live.sse.Inbox;

/** Puts events into an inbox. */
record InboxListener(Inbox<LiveEvent> inbox) implements LiveEvents.Listener {

    @Override
    public void event(LiveEvent event) {
        inbox.give(event);
    }

    @Override
    public void reset() {
        inbox.reset();
    }

    @Override
    public void close() {
        inbox.close();
    }
}
