package dev.millrace.api.jobs.actions;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.query.PageCursor;
import dev.millrace.job.JobId;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Does something to many jobs, in the background. */
@Path("/api/v1/bulk-actions")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class BulkActionsResource {

    private static final String PATH = "/api/v1/bulk-actions/";
    private static final int PAGE = 50;

    private final Callers callers;
    private final BulkActions actions;

    public BulkActionsResource(Callers callers, BulkActions actions) {
        this.callers = callers;
        this.actions = actions;
    }

    /** 202 with the action, which is carried out from now on; 200 with how many jobs are meant in a dry run. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        ActionRequest asked = ActionRequest.read(caller.tenant(), body);
        if (asked.dryRun()) {
            return Response.ok(actions.count(asked)).build();
        }
        BulkAction action = actions.add(caller.tenant(), caller.name(), asked);
        return Response.accepted(action)
                .header(HttpHeaders.LOCATION, PATH + action.id())
                .build();
    }

    @GET
    public BulkActionList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, BulkActions.MAX_PAGE, PAGE);
        PageCursor cursor = query.cursor(PageCursor::parse);
        return actions.page(callers.current().tenant(), cursor, limit);
    }

    @GET
    @Path("/{id}")
    public BulkAction get(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return actions.find(callers.current().tenant(), id(id));
    }

    /** 200 with the action, which goes no further. */
    @POST
    @Path("/{id}/abort")
    @Consumes(MediaType.WILDCARD)
    public BulkAction abort(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Bodies.requireEmpty(body);
        return actions.abort(callers.current().tenant(), id(id));
    }

    private static UUID id(String text) {
        try {
            return JobId.parse(text).uuid();
        } catch (IllegalArgumentException notAnId) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such bulk action: the id of one is a UUID.")
                    .exception();
        }
    }
}
