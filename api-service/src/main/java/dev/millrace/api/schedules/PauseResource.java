package dev.millrace.api.schedules;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.schedule.ScheduleKey;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Lets a schedule rest, and fire again. Said twice, it changes nothing. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PauseResource {

    private final Callers callers;
    private final ScheduleChanges edits;
    private final ScheduleResponses replies;

    public PauseResource(Callers callers, ScheduleChanges edits, ScheduleResponses replies) {
        this.callers = callers;
        this.edits = edits;
        this.replies = replies;
    }

    @POST
    @Path("/{id}/pause")
    @Consumes(MediaType.WILDCARD)
    public Response pause(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        ScheduleKey key = key(id, body, uri);
        return replies.edited(id, edits.pause(key));
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.WILDCARD)
    public Response resume(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        ScheduleKey key = key(id, body, uri);
        return replies.edited(id, edits.resume(key));
    }

    private ScheduleKey key(String id, byte @Nullable [] body, UriInfo uri) {
        QueryParameters.of(uri);
        Bodies.requireEmpty(body);
        return Refusals.key(callers.current().tenant(), id);
    }
}
