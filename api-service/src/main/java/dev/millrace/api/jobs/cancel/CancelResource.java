package dev.millrace.api.jobs.cancel;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.live.events.EndWaiter;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobDocument;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.record.query.Refusals;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Cancels jobs. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class CancelResource {

    /** For the projection of an end that Redis has told. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Callers callers;
    private final Cancels cancels;
    private final EndWaiter ends;
    private final Redactions redactions;
    private final InstantSource clock;

    public CancelResource(
            Callers callers, Cancels cancels, EndWaiter ends, Redactions redactions, InstantSource clock) {
        this.callers = callers;
        this.cancels = cancels;
        this.ends = ends;
        this.redactions = redactions;
        this.clock = clock;
    }

    /** 200 with the cancelled job, 202 if a worker is asked to stop it or Redis cannot be asked yet. */
    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Response> cancel(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        JobId job = Refusals.jobId(id);
        Caller caller = callers.current();
        Redaction redaction = redactions.of(caller);
        Duration patience = cancels.cancel(caller.tenant(), job, CancelBody.reason(body))
                .map(CancelResource::patience)
                .orElse(Duration.ZERO);
        return ends.awaitEnd(caller.tenant(), job, patience)
                .thenApply(row -> answer(row.orElseThrow(() -> Refusals.unknownJob(job)), redaction));
    }

    private static Duration patience(Cancellation answer) {
        return switch (answer) {
            case CANCELLED, ENDED -> PATIENCE;
            case FLAGGED, HELD, NONE -> Duration.ZERO;
        };
    }

    /** A job that ended otherwise did so before the cancel took effect. */
    private Response answer(JobRow row, Redaction redaction) {
        if (row.status().state() != JobState.CANCELLED) {
            Cancels.requireLive(row.status().state());
        }
        return Response.status(row.ended() ? Status.OK : Status.ACCEPTED)
                .entity(JobDocument.of(row, clock.instant(), redaction))
                .build();
    }
}
