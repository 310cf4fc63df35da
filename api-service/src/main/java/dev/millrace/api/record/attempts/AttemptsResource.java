package dev.millrace.api.record.attempts;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.attempts.Attempts.Place;
import dev.millrace.api.record.query.Redactions;
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

/** Shows the failed attempts of a job. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class AttemptsResource {

    private static final int PAGE = 50;

    private final Callers callers;
    private final Attempts attempts;
    private final Redactions redactions;

    public AttemptsResource(Callers callers, Attempts attempts, Redactions redactions) {
        this.callers = callers;
        this.attempts = attempts;
        this.redactions = redactions;
    }

    @GET
    @Path("/{id}/attempts")
    public AttemptList attempts(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, Attempts.MAX_PAGE, PAGE);
        Place after = query.cursor(Place::parse);
        JobId job = Refusals.jobId(id);
        Caller caller = callers.current();
        return attempts.page(caller.tenant(), job, after == null ? Place.START : after, limit, redactions.of(caller));
    }
}
