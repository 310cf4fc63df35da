package dev.millrace.api.live;

import dev.millrace.api.access.Callers;
import dev.millrace.api.query.Refusals;
import dev.millrace.job.JobState;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Server-sent events of all jobs. */
@Path("/api/v1/events")
public class EventsResource {

    private static final Set<String> PARAMETERS = Set.of("queue", "task", "state", "tag", "lastEventId");

    private final Streams streams;
    private final ServerSentEvents events;
    private final Callers callers;

    public EventsResource(Streams streams, ServerSentEvents events, Callers callers) {
        this.streams = streams;
        this.events = events;
        this.callers = callers;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-cache, no-transform")
    public Multi<OutboundSseEvent> ofAll(
            @QueryParam("queue") @Nullable String queue,
            @QueryParam("task") @Nullable String task,
            @QueryParam("state") @Nullable String state,
            @QueryParam("tag") @Nullable String tag,
            @HeaderParam("Last-Event-ID") @Nullable String header,
            @QueryParam("lastEventId") @Nullable String parameter,
            @Context UriInfo uri,
            @Context Sse sse) {
        if (!PARAMETERS.containsAll(uri.getQueryParameters().keySet())) {
            throw Refusals.badParameter(
                    "The feed knows only these query parameters: queue, task, state, tag, lastEventId.");
        }
        FeedFilter filter = new FeedFilter(callers.current().tenant(), queue, task, state(state), tag);
        return events.of(new FeedStory(streams, filter, header == null ? parameter : header), sse);
    }

    private static @Nullable JobState state(@Nullable String text) {
        try {
            return text == null ? null : JobState.valueOf(text);
        } catch (IllegalArgumentException unknown) {
            throw Refusals.badParameter(
                    "The query parameter 'state' is one of " + Arrays.toString(JobState.values()) + ".");
        }
    }
}
