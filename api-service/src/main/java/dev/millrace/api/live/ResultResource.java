package dev.millrace.api.live;

import dev.millrace.api.access.Callers;
import dev.millrace.api.query.JobResult;
import dev.millrace.api.query.JobRow;
import dev.millrace.api.query.Refusals;
import dev.millrace.job.JobId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a job made, once it has ended. */
@Path("/api/v1/jobs/{id}/result")
@Produces(MediaType.APPLICATION_JSON)
public class ResultResource {

    private static final String ASK_AGAIN_SECONDS = "1";

    private final EndWaiter ends;
    private final Callers callers;

    public ResultResource(EndWaiter ends, Callers callers) {
        this.ends = ends;
        this.callers = callers;
    }

    /** 200 with the result or the error of a job that ends within {@code wait} seconds, else 202 with its state. */
    @GET
    public CompletionStage<Response> result(@PathParam("id") String id, @QueryParam("wait") @Nullable String wait) {
        JobId job = Refusals.jobId(id);
        return ends.awaitEnd(callers.current().tenant(), job, WaitTime.parse(wait))
                .thenApply(row -> answer(row.orElseThrow(() -> Refusals.unknownJob(job))));
    }

    private static Response answer(JobRow row) {
        return row.ended()
                ? Response.ok(JobResult.of(row)).build()
                : Response.accepted(JobResult.of(row))
                        .header(HttpHeaders.RETRY_AFTER, ASK_AGAIN_SECONDS)
                        .build();
    }
}
