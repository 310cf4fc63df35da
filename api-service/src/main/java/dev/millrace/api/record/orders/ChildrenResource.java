package dev.millrace.api.record.orders;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.orders.Children.Place;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Shows what became of the orders of a job. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ChildrenResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final Children children;

    public ChildrenResource(Callers callers, Children children) {
        this.callers = callers;
        this.children = children;
    }

    @GET
    @Path("/{id}/children")
    public ChildList children(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, Children.MAX_PAGE, PAGE);
        Place after = query.cursor(Place::parse);
        JobId job = Refusals.jobId(id);
        return children.page(callers.current().tenant(), job, after == null ? Place.START : after, limit);
    }
}
