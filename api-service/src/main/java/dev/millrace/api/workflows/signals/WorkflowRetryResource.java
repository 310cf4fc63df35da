package dev.millrace.api.workflows.signals;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.workflows.query.WorkflowDocuments;
import dev.millrace.api.workflows.query.WorkflowRefusals;
import dev.millrace.api.workflows.record.WorkflowRow;
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

/** Has workflows go on that have ended without success. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class WorkflowRetryResource {

    private final Callers callers;
    private final WorkflowChanges changes;
    private final WorkflowDocuments documents;

    WorkflowRetryResource(Callers callers, WorkflowChanges changes, WorkflowDocuments documents) {
        this.callers = callers;
        this.changes = changes;
        this.documents = documents;
    }

    /** 202 with the workflow, which goes on as its next run. */
    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    public Response retry(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        WorkflowRow row = changes.retry(caller, WorkflowRefusals.id(id), RetryRequest.read(body));
        return Response.accepted(documents.of(caller, row)).build();
    }
}
