package dev.millrace.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.schedule.ScheduleKey;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Reads, replaces, changes and deletes a schedule. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ScheduleResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Callers callers;
    private final ScheduleChanges edits;
    private final ScheduleResponses replies;

    public ScheduleResource(Callers callers, ScheduleChanges edits, ScheduleResponses replies) {
        this.callers = callers;
        this.edits = edits;
        this.replies = replies;
    }

    @GET
    @Path("/{id}")
    public Response read(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return replies.schedule(edits.existing(key(id)));
    }

    /** 200 for one that was there, also if it already is what is put; 201 for one that was not. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            byte[] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        IfMatch insists = IfMatch.of(match);
        return replies.edited(id, edits.put(key(id), json(body), insists));
    }

    /** A JSON Merge Patch, whatever it is called. */
    @PATCH
    @Path("/{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    public Response patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            byte[] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        IfMatch insists = IfMatch.of(match);
        return replies.edited(id, edits.patch(key(id), json(body), insists));
    }

    /** Jobs that it has made are left alone. */
    @DELETE
    @Path("/{id}")
    public Response delete(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String match,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        IfMatch insists = IfMatch.of(match);
        return replies.edited(id, edits.remove(key(id), insists));
    }

    private static JsonNode json(byte[] body) {
        return StrictJson.read(Bodies.atMost(1, body));
    }

    private ScheduleKey key(String id) {
        return Refusals.key(callers.current().tenant(), id);
    }
}
