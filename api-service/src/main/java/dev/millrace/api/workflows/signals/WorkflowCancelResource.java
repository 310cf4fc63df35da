package dev.millrace.api.workflows.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.workflows.query.WorkflowDocuments;
import dev.millrace.api.workflows.query.WorkflowRefusals;
import dev.millrace.api.workflows.record.WorkflowRow;
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
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cancels workflows. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class WorkflowCancelResource {

    private static final int MAX_CHARS = 1024;

    private final Callers callers;
    private final WorkflowChanges changes;
    private final WorkflowDocuments documents;

    WorkflowCancelResource(Callers callers, WorkflowChanges changes, WorkflowDocuments documents) {
        this.callers = callers;
        this.changes = changes;
        this.documents = documents;
    }

    /** 200 if nothing of it lived, 202 if members are asked to stop. */
    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    public Response cancel(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        JsonFields fields = fields(body);
        String reason = fields.text("reason", "a text of at most 1,024 characters", WorkflowCancelResource::bounded);
        Boolean compensate = fields.read("compensate", "true or false", WorkflowCancelResource::truth);
        Bodies.requireRight(fields);
        WorkflowRow row = changes.cancel(caller, WorkflowRefusals.id(id), reason, Boolean.TRUE.equals(compensate));
        return Response.status(row.state().ended() ? Status.OK : Status.ACCEPTED)
                .entity(documents.of(caller, row))
                .build();
    }

    private static JsonFields fields(byte @Nullable [] body) {
        JsonNode json = body == null || body.length == 0
                ? JsonNodeFactory.instance.objectNode()
                : StrictJson.read(Bodies.atMost(1, body));
        return Bodies.fields(json, "The body of a cancel", Set.of("reason", "compensate"));
    }

    private static Boolean truth(JsonNode value) {
        JsonFields.require(value.isBoolean());
        return value.booleanValue();
    }

    private static String bounded(String text) {
        JsonFields.require(text.length() <= MAX_CHARS);
        return text;
    }
}
