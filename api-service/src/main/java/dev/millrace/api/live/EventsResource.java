package dev.millrace.api.live;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.live.sse.ServerSentEvents;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.job.JobState;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Server-sent events of all jobs. */
@Path("/api/v1/events")
public class EventsResource {

    private final LiveContext context;
    private final ServerSentEvents events;
    private final Callers callers;
    private final Redactions redactions;

    public EventsResource(LiveContext context, ServerSentEvents events, Callers callers, Redactions redactions) {
        this.context = context;
        this.events = events;
        this.callers = callers;
        this.redactions = redactions;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-cache, no-transform")
    public Multi<OutboundSseEvent> ofAll(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context UriInfo uri,
            @Context Request request,
            @Context Sse sse) {
        QueryParameters parameters = QueryParameters.of(uri, "queue", "task", "state", "tag", "lastEventId");
        Caller caller = callers.ofStream();
        FeedFilter filter = new FeedFilter(
                caller.tenant(),
                parameters.text("queue"),
                parameters.text("task"),
                parameters.oneOf("state", JobState.class),
                parameters.text("tag"));
        String last = lastEventId == null ? parameters.raw("lastEventId") : lastEventId;
        return events.of(new GlobalEventStream(context, filter, redactions.of(caller), last), request, sse);
    }
}
