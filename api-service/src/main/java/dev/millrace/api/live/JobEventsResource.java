package dev.millrace.api.live;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.live.sse.ServerSentEvents;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.record.query.Refusals;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Server-sent events of one job. */
@Path("/api/v1/jobs")
public class JobEventsResource {

    private final LiveContext context;
    private final ServerSentEvents events;
    private final Callers callers;
    private final Redactions redactions;

    public JobEventsResource(LiveContext context, ServerSentEvents events, Callers callers, Redactions redactions) {
        this.context = context;
        this.events = events;
        this.callers = callers;
        this.redactions = redactions;
    }

    /** The row is looked at first: once a stream has begun, it can no longer be answered with a status. */
    @GET
    @Path("/{id}/events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-cache, no-transform")
    public Multi<OutboundSseEvent> ofJob(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context UriInfo uri,
            @Context Request request,
            @Context Sse sse)
            throws InterruptedException {
        QueryParameters parameters = QueryParameters.of(uri, "lastEventId");
        String last = lastEventId == null ? parameters.raw("lastEventId") : lastEventId;
        Caller caller = callers.ofStream();
        JobEventStream stream =
                new JobEventStream(context, caller.tenant(), redactions.of(caller), Refusals.jobId(id), last);
        stream.requireUnfinished();
        return events.of(stream, request, sse);
    }
}
