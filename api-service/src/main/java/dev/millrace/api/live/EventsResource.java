package dev.millrace.api.live;

import dev.millrace.api.access.Callers;
import dev.millrace.api.query.Refusals;
import dev.millrace.job.JobState;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Server-sent events of one job and of all jobs. */
@Path("/api/v1")
public class EventsResource {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Set<String> PARAMETERS = Set.of("queue", "task", "state", "tag", "lastEventId");
    private static final long RECONNECT_MILLIS = 2000;

    private final Streams streams;
    private final Callers callers;

    public EventsResource(Streams streams, Callers callers) {
        this.streams = streams;
        this.callers = callers;
    }

    @GET
    @Path("/jobs/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-cache, no-transform")
    public Multi<OutboundSseEvent> ofJob(
            @PathParam("id") String id,
            @HeaderParam(LAST_EVENT_ID) @Nullable String header,
            @QueryParam("lastEventId") @Nullable String parameter,
            @Context Sse sse) {
        String lastEventId = header == null ? parameter : header;
        return events(new JobStory(streams, tenant(), Refusals.jobId(id), lastEventId), sse);
    }

    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-cache, no-transform")
    public Multi<OutboundSseEvent> ofAll(
            @QueryParam("queue") @Nullable String queue,
            @QueryParam("task") @Nullable String task,
            @QueryParam("state") @Nullable String state,
            @QueryParam("tag") @Nullable String tag,
            @HeaderParam(LAST_EVENT_ID) @Nullable String header,
            @QueryParam("lastEventId") @Nullable String parameter,
            @Context UriInfo uri,
            @Context Sse sse) {
        if (!PARAMETERS.containsAll(uri.getQueryParameters().keySet())) {
            throw Refusals.badParameter(
                    "The feed knows only these query parameters: queue, task, state, tag, lastEventId.");
        }
        FeedFilter filter = new FeedFilter(tenant(), queue, task, state(state), tag);
        return events(new FeedStory(streams, filter, header == null ? parameter : header), sse);
    }

    @ServerExceptionMapper
    public Response nothingMore(NothingMore end) {
        return Response.noContent().build();
    }

    private Multi<OutboundSseEvent> events(Story story, Sse sse) {
        return story.stream(streams.metrics()).map(frame -> event(frame, sse));
    }

    private static OutboundSseEvent event(Frame frame, Sse sse) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        if (frame.data() == null || frame.name() == null || frame.id() == null) {
            return event.comment("hb").reconnectDelay(RECONNECT_MILLIS).build();
        }
        return event.id(frame.id()).name(frame.name()).data(frame.data()).build();
    }

    private static @Nullable JobState state(@Nullable String text) {
        try {
            return text == null ? null : JobState.valueOf(text);
        } catch (IllegalArgumentException unknown) {
            throw Refusals.badParameter(
                    "The query parameter 'state' is one of " + Arrays.toString(JobState.values()) + ".");
        }
    }

    private String tenant() {
        return callers.current().tenant();
    }
}
