package dev.millrace.api.schedules;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.ProblemReplies;
import dev.millrace.api.http.problem.TraceIds;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobDocument;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.schedules.ManualFire.FiredJob;
import dev.millrace.api.schedules.ManualFire.FiredWorkflow;
import dev.millrace.api.workflows.query.WorkflowDocuments;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.schedule.ScheduleKey;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Has a schedule fire now, whatever its trigger says, and also while it is paused. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class TriggerResource {

    private final Callers callers;
    private final ManualFire triggered;
    private final Redactions redactions;
    private final WorkflowDocuments workflows;
    private final InstantSource clock;

    public TriggerResource(
            Callers callers,
            ManualFire triggered,
            Redactions redactions,
            WorkflowDocuments workflows,
            InstantSource clock) {
        this.workflows = workflows;
        this.callers = callers;
        this.triggered = triggered;
        this.redactions = redactions;
        this.clock = clock;
    }

    /** 202 with the job or the workflow, which PostgreSQL has committed. */
    @POST
    @Path("/{id}/trigger")
    @Consumes(MediaType.WILDCARD)
    public Response trigger(
            @PathParam("id") String id,
            @HeaderParam(ProblemReplies.TRACE_PARENT) @Nullable String traceParent,
            byte @Nullable [] body,
            @Context UriInfo uri) {
        QueryParameters.of(uri);
        Bodies.requireEmpty(body);
        Caller caller = callers.current();
        ScheduleKey key = Refusals.key(caller.tenant(), id);
        return switch (triggered.fire(key, TraceIds.parentOf(traceParent))) {
            case FiredJob(JobRow row) -> answer(JobDocument.of(row, clock.instant(), redactions.of(caller)));
            case FiredWorkflow(WorkflowRow row) ->
                Response.accepted(workflows.of(caller, row))
                        .header(HttpHeaders.LOCATION, WorkflowDocuments.path(row.id()))
                        .build();
        };
    }

    private static Response answer(JobDocument job) {
        return Response.accepted(job)
                .header(HttpHeaders.LOCATION, job.links().self())
                .build();
    }
}
