package dev.millrace.api.live;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Writes stories as server-sent events. */
@ApplicationScoped
public class ServerSentEvents {

    private static final long RECONNECT_MILLIS = 2000;

    private final Streams streams;

    ServerSentEvents(Streams streams) {
        this.streams = streams;
    }

    Multi<OutboundSseEvent> of(Story story, Sse sse) {
        return story.stream(streams.metrics()).map(frame -> event(frame, sse));
    }

    @ServerExceptionMapper
    public Response nothingMore(NothingMore end) {
        return Response.noContent().build();
    }

    private static OutboundSseEvent event(Frame frame, Sse sse) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        if (frame.data() == null || frame.name() == null || frame.id() == null) {
            return event.comment("hb").reconnectDelay(RECONNECT_MILLIS).build();
        }
        return event.id(frame.id()).name(frame.name()).data(frame.data()).build();
    }
}
