package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.api.record.query.UtcTimes;
import dev.millrace.api.workflows.record.WorkflowLists.Filter;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.job.JobId;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads workflows. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class WorkflowsResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;

    private static final Set<String> FILTERS = Set.of(
            "state",
            "name",
            "definition",
            "scheduleId",
            "tag",
            "createdAfter",
            "createdBefore",
            "rootId",
            "parentId",
            "limit",
            "cursor");

    private static final Set<String> LATER = Set.of("waitingFor");

    private final Callers callers;
    private final WorkflowQueries queries;
    private final WorkflowDocuments documents;

    WorkflowsResource(Callers callers, WorkflowQueries queries, WorkflowDocuments documents) {
        this.callers = callers;
        this.queries = queries;
        this.documents = documents;
    }

    @GET
    public ObjectNode list(@Context UriInfo uri) {
        QueryParameters asked = QueryParameters.of(uri.getQueryParameters(), FILTERS, LATER);
        Caller caller = callers.current();
        int limit = asked.number("limit", 1, MAX_PAGE, PAGE);
        List<WorkflowRow> rows = queries.page(filter(caller.tenant(), asked), limit + 1);
        List<WorkflowRow> page = rows.subList(0, Math.min(limit, rows.size()));
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        page.forEach(row -> items.add(documents.of(caller, row)));
        list.put(
                "nextCursor",
                rows.size() <= limit ? null : cursor(page.getLast()).text());
        return list;
    }

    private static PageCursor cursor(WorkflowRow last) {
        return new PageCursor(last.createdAt(), new JobId(last.id()));
    }

    private static Filter filter(String tenant, QueryParameters asked) {
        PageCursor behind = asked.read("cursor", PageCursor::parse, "is the cursor of the answer before");
        return new Filter(
                tenant,
                asked.oneOf("state", WorkflowState.class),
                asked.text("name"),
                asked.text("tag"),
                time("createdAfter", asked),
                time("createdBefore", asked),
                asked.text("definition"),
                asked.text("scheduleId"),
                behind == null ? null : behind.createdAt(),
                behind == null ? null : behind.id().uuid(),
                asked.read("rootId", WorkflowsResource::uuid, "is the id of a workflow"),
                asked.read("parentId", WorkflowsResource::uuid, "is the id of a workflow"));
    }

    private static UUID uuid(String text) {
        return JobId.parse(text).uuid();
    }

    private static @Nullable Instant time(String name, QueryParameters asked) {
        return asked.read(
                name, text -> UtcTimes.inRange(Instant.parse(text)), "is a time such as 2026-01-31T12:00:00Z");
    }

    /** How many there are in each state, zeros included. */
    @GET
    @Path("/counts")
    public Map<WorkflowState, Long> counts(@Context UriInfo uri) {
        QueryParameters.of(uri);
        return queries.counts(callers.current().tenant());
    }

    @GET
    @Path("/{id}")
    public Response workflow(
            @PathParam("id") String id, @HeaderParam("If-None-Match") @Nullable String known, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        WorkflowView view = find(caller, id);
        String version = Long.toString(view.row().version());
        boolean unchanged =
                known != null && (known.equals('"' + version + '"') || known.equals("W/\"" + version + '"'));
        return (unchanged ? Response.notModified() : Response.ok(documents.of(caller, view)))
                .tag(version)
                .build();
    }

    /** What a dashboard draws; for whoever accepts Mermaid rather than anything else, what that draws. */
    @GET
    @Path("/{id}/graph")
    @Produces({MediaType.APPLICATION_JSON, Mermaid.MEDIA_TYPE})
    public Response graph(@PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri);
        WorkflowView view = find(callers.current(), id);
        return headers.getAcceptableMediaTypes().getFirst().isCompatible(MediaType.APPLICATION_JSON_TYPE)
                ? Response.ok(GraphDocument.of(view), MediaType.APPLICATION_JSON_TYPE)
                        .build()
                : Response.ok(Mermaid.of(view), Mermaid.MEDIA_TYPE).build();
    }

    private WorkflowView find(Caller caller, String id) {
        UUID workflow = WorkflowRefusals.id(id);
        return queries.find(caller.tenant(), workflow).orElseThrow(() -> WorkflowRefusals.unknown(workflow));
    }
}
