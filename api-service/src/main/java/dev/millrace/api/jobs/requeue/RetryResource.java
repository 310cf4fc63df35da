package dev.millrace.api.jobs.requeue;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobDocument;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.record.query.Refusals;
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
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Runs jobs again that ended without success. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RetryResource {

    private final Callers callers;
    private final Requeue requeue;
    private final Redactions redactions;
    private final InstantSource clock;

    public RetryResource(Callers callers, Requeue requeue, Redactions redactions, InstantSource clock) {
        this.callers = callers;
        this.requeue = requeue;
        this.redactions = redactions;
        this.clock = clock;
    }

    /** 202 with the job, which is queued again. */
    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    public Response retry(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        Caller caller = callers.current();
        JobRow row = requeue.job(caller.tenant(), Refusals.jobId(id), Change.read(body))
                .orThrow();
        return Response.accepted(JobDocument.of(row, clock.instant(), redactions.of(caller)))
                .build();
    }
}
