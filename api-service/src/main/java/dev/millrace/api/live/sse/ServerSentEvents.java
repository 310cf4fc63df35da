package dev.millrace.api.live.sse;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Writes event streams as server-sent events. */
@ApplicationScoped
public class ServerSentEvents {

    private static final long RECONNECT_MILLIS = 2000;

    private final LiveMeters meters;

    ServerSentEvents(LiveMeters meters) {
        this.meters = meters;
    }

    /** A HEAD is answered with the headers of the stream, whose end nobody would wait for. */
    public Multi<OutboundSseEvent> of(EventStream stream, Request request, Sse sse) {
        return request.getMethod().equals(HttpMethod.HEAD)
                ? Multi.createFrom().empty()
                : stream.stream(meters).map(frame -> event(frame, sse));
    }

    @ServerExceptionMapper
    public Response streamComplete(StreamComplete end) {
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
