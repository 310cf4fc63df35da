package dev.millrace.api.workflows.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.submit.Call;
import dev.millrace.api.workflows.query.WorkflowRefusals;
import dev.millrace.api.workflows.record.SignalRows;
import dev.millrace.api.workflows.record.SignalRows.Signal;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.signals.WorkflowChanges.Sent;
import dev.millrace.postgres.Db;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends messages to workflows, and shows what was sent. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SignalsResource {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 64 << 10;

    private final Callers callers;
    private final WorkflowChanges changes;
    private final Db db;

    SignalsResource(Callers callers, WorkflowChanges changes, Db db) {
        this.callers = callers;
        this.changes = changes;
        this.db = db;
    }

    /** 202 with the place of the signal among those of its workflow; the body is any JSON, or none for null. */
    @POST
    @Path("/{id}/signals/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(
            @PathParam("id") String id,
            @PathParam("name") String name,
            byte @Nullable [] body,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        Call call = Call.of(caller, headers);
        Sent sent = changes.signal(caller, WorkflowRefusals.id(id), name, payload(body), call.key());
        return Response.accepted(JsonNodeFactory.instance
                        .objectNode()
                        .put("name", sent.name())
                        .put("seq", sent.seq()))
                .build();
    }

    private static JsonNode payload(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return NullNode.instance;
        }
        if (body.length > MAX_BYTES) {
            throw Problem.of(ProblemType.TOO_LARGE, "A signal has at most 64 KiB.")
                    .exception();
        }
        return StrictJson.read(body);
    }

    /** The oldest 1,000, in the order in which they came. */
    @GET
    @Path("/{id}/signals")
    public ObjectNode list(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        UUID workflow = WorkflowRefusals.id(id);
        String tenant = callers.current().tenant();
        List<Signal> signals = db.session(LIMIT, tx -> {
            if (WorkflowRows.find(tx, tenant, workflow).isEmpty()) {
                throw WorkflowRefusals.unknown(workflow);
            }
            return SignalRows.list(tx, workflow);
        });
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        signals.forEach(signal -> items.add(document(signal)));
        return list;
    }

    private static ObjectNode document(Signal signal) {
        ObjectNode document =
                JsonNodeFactory.instance.objectNode().put("name", signal.name()).put("seq", signal.seq());
        document.set("payload", StoredJson.read(signal.payload()));
        document.put("by", signal.by());
        document.put("at", signal.at().toString());
        document.put("takenBy", signal.takenBy());
        return document;
    }
}
