package dev.millrace.api.workflows.signals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.workflows.query.WorkflowDocuments;
import dev.millrace.api.workflows.query.WorkflowRefusals;
import dev.millrace.json.JsonFields;
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
import java.util.Set;
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

    /** 202 with the workflow, which goes on from what failed as its next run. */
    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    public Response retry(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        requireFromFailed(body);
        return Response.accepted(documents.of(caller, changes.retry(caller, WorkflowRefusals.id(id))))
                .build();
    }

    private static void requireFromFailed(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return;
        }
        JsonNode json = StrictJson.read(Bodies.atMost(1, body));
        JsonFields fields = Bodies.fields(json, "The body of a retry", Set.of("from", "input"));
        if (fields.has("input")
                || (fields.has("from") && !json.get("from").asText().equals("failed"))) {
            throw Problem.at(
                            ProblemType.NOT_AVAILABLE,
                            fields.has("input") ? "/input" : "/from",
                            "This release goes on from what failed, and from nowhere else. Leave it out, or start a new workflow.")
                    .exception();
        }
    }
}
