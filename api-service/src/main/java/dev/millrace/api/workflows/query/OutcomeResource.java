package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.workflows.engine.EndedWorkflows;
import dev.millrace.api.workflows.record.WorkflowRow;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a workflow made, once it has ended. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class OutcomeResource {

    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final String ASK_AGAIN_SECONDS = "1";

    private final Callers callers;
    private final EndedWorkflows endings;
    private final WorkflowQueries queries;
    private final WorkflowDocuments documents;

    OutcomeResource(Callers callers, EndedWorkflows endings, WorkflowQueries queries, WorkflowDocuments documents) {
        this.callers = callers;
        this.endings = endings;
        this.queries = queries;
        this.documents = documents;
    }

    /**
     * 200 with the output or the error of a workflow that ends within {@code wait} seconds, else 202 with its state. More than 60 s count
     * as 60.
     */
    @GET
    @Path("/{id}/result")
    public CompletionStage<Response> result(@PathParam("id") String id, @Context UriInfo uri) {
        int wanted = QueryParameters.of(uri, "wait").number("wait", 0, Integer.MAX_VALUE, 0);
        UUID workflow = WorkflowRefusals.id(id);
        Caller caller = callers.current();
        CompletionStage<Optional<WorkflowRow>> end =
                endings.await(caller.tenant(), workflow, Duration.ofSeconds(Math.min(wanted, LONGEST_WAIT_SECONDS)));
        WorkflowRow now = endings.find(caller.tenant(), workflow).orElseThrow(() -> WorkflowRefusals.unknown(workflow));
        return now.state().ended()
                ? CompletableFuture.completedStage(answer(caller, now))
                : end.thenApply(row -> answer(caller, row.orElseThrow(() -> WorkflowRefusals.unknown(workflow))));
    }

    private Response answer(Caller caller, WorkflowRow row) {
        boolean hidden = documents.isHidden(caller, queries.view(row));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("id", row.id().toString());
        result.put("state", row.state().name());
        result.set("result", WorkflowDocuments.shown(row.output(), hidden));
        result.put("outputOmitted", row.outputOmitted());
        result.set("error", WorkflowDocuments.error(row.errorType(), row.errorMessage()));
        return row.state().ended()
                ? Response.ok(result).build()
                : Response.accepted(result)
                        .header(HttpHeaders.RETRY_AFTER, ASK_AGAIN_SECONDS)
                        .build();
    }
}
