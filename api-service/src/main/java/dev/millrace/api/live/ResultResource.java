package dev.millrace.api.live;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobResult;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
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
import java.util.concurrent.CompletionStage;

/** What a job made, once it has ended. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class ResultResource {

    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final String ASK_AGAIN_SECONDS = "1";

    private final EndWaiter ends;
    private final Callers callers;
    private final Redactions redactions;

    public ResultResource(EndWaiter ends, Callers callers, Redactions redactions) {
        this.ends = ends;
        this.callers = callers;
        this.redactions = redactions;
    }

    /**
     * 200 with the result or the error of a job that ends within {@code wait} seconds, else 202 with its state. More
     * than 60 s count as 60.
     */
    @GET
    @Path("/{id}/result")
    public CompletionStage<Response> result(@PathParam("id") String id, @Context UriInfo uri) {
        Duration wait = wait(QueryParameters.of(uri, "wait"));
        JobId job = Refusals.jobId(id);
        Caller caller = callers.current();
        Redaction redaction = redactions.of(caller);
        return ends.awaitEnd(caller.tenant(), job, wait)
                .thenApply(row -> answer(row.orElseThrow(() -> Refusals.unknownJob(job)), redaction));
    }

    private static Duration wait(QueryParameters parameters) {
        int wanted = parameters.number("wait", 0, Integer.MAX_VALUE, 0);
        return Duration.ofSeconds(Math.min(wanted, LONGEST_WAIT_SECONDS));
    }

    private static Response answer(JobRow row, Redaction redaction) {
        JobResult result = JobResult.of(row, redaction);
        return row.ended()
                ? Response.ok(result).build()
                : Response.accepted(result)
                        .header(HttpHeaders.RETRY_AFTER, ASK_AGAIN_SECONDS)
                        .build();
    }
}
