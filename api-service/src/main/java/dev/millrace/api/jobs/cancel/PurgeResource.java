package dev.millrace.api.jobs.cancel;

import dev.millrace.api.catalog.queues.Queues;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.cancel.Purge.Purged;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.json.JsonFields;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
import java.util.List;
import java.util.Set;

/** Ends what waits on a queue. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PurgeResource {

    /** What may run at once, as a broker has it; jobs that wait for a time are let alone unless they are asked for. */
    private static final List<JobState> READY = List.of(JobState.QUEUED);

    private static final List<JobState> READY_AND_DELAYED =
            List.of(JobState.QUEUED, JobState.SCHEDULED, JobState.RETRYING);

    private final Callers callers;
    private final Queues queues;
    private final Purge purge;

    public PurgeResource(Callers callers, Queues queues, Purge purge) {
        this.callers = callers;
        this.queues = queues;
        this.purge = purge;
    }

    /** How many jobs were ended, and whether all that waited were looked at. */
    @RegisterForReflection
    public record PurgeReply(long purged, boolean complete) {

        static PurgeReply of(Purged purged) {
            return new PurgeReply(purged.purged(), purged.complete());
        }
    }

    /** 202: what Redis has ended is shown when that is recorded, which takes moments. */
    @POST
    @Path("/{name}/purge")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response purge(@PathParam("name") String name, byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        JsonFields fields = Bodies.fields(
                StrictJson.read(Bodies.atMost(1, body)), "The body of a purge", Set.of("confirm", "delayed"));
        String confirmed = fields.text("confirm", "the name of the queue", text -> text);
        Boolean delayed = fields.read(
                "delayed",
                "true or false",
                value -> JsonFields.required(value.isBoolean(), value).booleanValue());
        if (confirmed == null || !confirmed.equals(name)) {
            fields.wrong("confirm", "'confirm' is to be the name of the queue whose jobs are to end.");
        }
        Bodies.requireRight(fields);
        QueueName queue = queues.require(name);
        return Response.status(Status.ACCEPTED)
                .entity(PurgeReply.of(purged(queue, delayed != null && delayed ? READY_AND_DELAYED : READY)))
                .build();
    }

    private Purged purged(QueueName queue, List<JobState> states) {
        try {
            return purge.purge(callers.current().tenant(), queue, states);
        } catch (StreamsUnavailable away) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "Redis, where jobs wait, cannot be asked now. What was ended before stays so; send it again.")
                    .exception();
        }
    }
}
