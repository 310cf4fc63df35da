package dev.millrace.api.live;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Writes stories as server-sent events. */
@ApplicationScoped
public class ServerSentEvents {

    private static final long RECONNECT_MILLIS = 2000;

    private final LiveContext streams;

    ServerSentEvents(LiveContext streams) {
        this.streams = streams;
    }

    /** A HEAD is answered with the headers of the stream, whose end nobody would wait for. */
    Multi<OutboundSseEvent> of(EventStream stream, Request request, Sse sse) {
        return request.getMethod().equals(HttpMethod.HEAD)
                ? Multi.createFrom().empty()
                : stream.stream(streams.meters()).map(frame -> event(frame, sse));
    }

    @ServerExceptionMapper
    public Response nothingMore(StreamComplete end) {
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
