package dev.millrace.api.workflows.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.submit.Call;
import dev.millrace.api.workflows.query.GraphDocument;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletionStage;

/** Starts workflows, and says of graphs whether they could be started. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class StartResource {

    private static final int MAX_MEBIBYTES = 1;

    private final Callers callers;
    private final Intake intake;
    private final WorkflowRequest requests;
    private final Starts starts;

    StartResource(Callers callers, Intake intake, WorkflowRequest requests, Starts starts) {
        this.callers = callers;
        this.intake = intake;
        this.requests = requests;
        this.starts = starts;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> start(byte[] body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        Call call = Call.of(caller, headers);
        return starts.start(
                caller,
                call,
                requests.read(call.tenant(), call.traceParent(), read(body)).orThrow());
    }

    /** 200 with the graph as it would be drawn; refused as a start would be. */
    @POST
    @Path("/validate")
    @Consumes(MediaType.APPLICATION_JSON)
    public ObjectNode validate(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return GraphDocument.checked(requests.read(callers.current().tenant(), null, read(body))
                .orThrow()
                .graph());
    }

    private JsonNode read(byte[] body) {
        intake.requireReady();
        return StrictJson.read(Bodies.atMost(MAX_MEBIBYTES, body));
    }
}
