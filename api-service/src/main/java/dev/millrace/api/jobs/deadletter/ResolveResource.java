package dev.millrace.api.jobs.deadletter;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Closes dead letters with which nothing is to be done. It answers without a body, and so of no media type. */
@Path("/api/v1/dead-letters")
@Blocking
public class ResolveResource {

    private final Callers callers;
    private final DeadLetters letters;

    public ResolveResource(Callers callers, DeadLetters letters) {
        this.callers = callers;
        this.letters = letters;
    }

    /** 204, also when it was resolved before. */
    @DELETE
    @Path("/{id}")
    public Response resolve(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        letters.resolve(callers.current().tenant(), LetterId.parse(id));
        return Response.noContent().build();
    }
}
