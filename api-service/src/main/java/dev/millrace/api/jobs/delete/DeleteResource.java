package dev.millrace.api.jobs.delete;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.query.Refusals;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Deletes jobs that have ended. It answers without a body, and so of no media type. */
@Path("/api/v1/jobs")
@Blocking
public class DeleteResource {

    private final Callers callers;
    private final Deletes deletes;

    public DeleteResource(Callers callers, Deletes deletes) {
        this.callers = callers;
        this.deletes = deletes;
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        deletes.delete(callers.current().tenant(), Refusals.jobId(id));
        return Response.noContent().build();
    }
}
