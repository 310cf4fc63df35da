package dev.millrace.api.workflows.events;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.live.sse.ServerSentEvents;
import dev.millrace.api.workflows.engine.WorkflowWatch;
import dev.millrace.api.workflows.query.WorkflowChangesView;
import dev.millrace.api.workflows.query.WorkflowRefusals;
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
import java.time.InstantSource;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Server-sent events of one workflow. */
@Path("/api/v1/workflows")
@Blocking
public class WorkflowEventsResource {

    private final WorkflowChangesView changes;
    private final WorkflowWatch watch;
    private final ServerSentEvents events;
    private final Callers callers;
    private final InstantSource clock;

    WorkflowEventsResource(
            WorkflowChangesView changes,
            WorkflowWatch watch,
            ServerSentEvents events,
            Callers callers,
            InstantSource clock) {
        this.changes = changes;
        this.watch = watch;
        this.events = events;
        this.callers = callers;
        this.clock = clock;
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-cache, no-transform")
    public Multi<OutboundSseEvent> ofWorkflow(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context UriInfo uri,
            @Context Request request,
            @Context Sse sse) {
        QueryParameters parameters = QueryParameters.of(uri, "lastEventId");
        Caller caller = callers.ofStream();
        String last = lastEventId == null ? parameters.raw("lastEventId") : lastEventId;
        WorkflowEventStream stream =
                new WorkflowEventStream(changes, watch, clock, caller, WorkflowRefusals.id(id), Told.of(last));
        stream.requireUnfinished();
        return events.of(stream, request, sse);
    }
}
