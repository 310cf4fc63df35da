package dev.millrace.api.catalog.control;

import dev.millrace.api.catalog.control.Control.Answer;
import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.job.QueueName;
import dev.millrace.names.Names;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has workers do something, for all tenants. 202 once a worker has confirmed that it has obeyed, 200 of a ping, which changes nothing;
 * 409 if it refuses, 504 if it does not reply.
 */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Blocking
public class WorkerControlResource {

    private final Callers callers;
    private final Workers workers;
    private final Control control;

    public WorkerControlResource(Callers callers, Workers workers, Control control) {
        this.callers = callers;
        this.workers = workers;
        this.control = control;
    }

    @POST
    @Path("/{id}/ping")
    public Response ping(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        return plain(id, body, new Ping(), uri);
    }

    /** It takes no more jobs; what runs goes on. */
    @POST
    @Path("/{id}/drain")
    public Response drain(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        return plain(id, body, new Drain(), uri);
    }

    @POST
    @Path("/{id}/resume")
    public Response resume(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        return plain(id, body, new Resume(), uri);
    }

    /** It stops as on SIGTERM, and exits with 0. */
    @POST
    @Path("/{id}/shutdown")
    public Response shutdown(@PathParam("id") String id, byte @Nullable [] body, @Context UriInfo uri) {
        return plain(id, body, new Shutdown(), uri);
    }

    /** It has more or fewer slots until it ends. */
    @POST
    @Path("/{id}/pool")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response pool(@PathParam("id") String id, byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        return one(id, ControlRequest.pool(body));
    }

    /** It takes jobs of one more queue until it ends. */
    @PUT
    @Path("/{id}/queues/{queue}")
    public Response serve(
            @PathParam("id") String id,
            @PathParam("queue") String queue,
            byte @Nullable [] body,
            @Context UriInfo uri) {
        return plain(id, body, new Serve(queue(queue)), uri);
    }

    /** It takes no more jobs of a queue until it ends. */
    @DELETE
    @Path("/{id}/queues/{queue}")
    public Response leave(
            @PathParam("id") String id,
            @PathParam("queue") String queue,
            byte @Nullable [] body,
            @Context UriInfo uri) {
        return plain(id, body, new Leave(queue(queue)), uri);
    }

    private Response plain(String id, byte @Nullable [] body, ControlAction action, UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        Bodies.requireEmpty(body);
        return one(id, action);
    }

    private Response one(String idOrName, ControlAction action) {
        String id = workers.require(idOrName).id();
        Answer answer = control.ask(Set.of(id), action).get(id);
        if (answer == null) {
            throw Problem.of(
                            ProblemType.NO_REPLY,
                            "The worker has not replied in 5 seconds. If it lives, it does not obey any more, or it has obeyed and its reply was lost.")
                    .exception();
        }
        if (answer.reply().outcome() == Outcome.REFUSED) {
            throw Problem.of(ProblemType.CONFLICT, answer.reply().detail()).exception();
        }
        return answer(action, ReplyDocument.of(action, answer));
    }

    static Response answer(ControlAction action, Object document) {
        Status status = action instanceof Ping ? Status.OK : Status.ACCEPTED;
        return Response.status(status).entity(document).build();
    }

    private static QueueName queue(String name) {
        if (!Names.isName(name)) {
            throw Problem.of(ProblemType.INVALID, "The name of a queue has " + Names.RULE + ".")
                    .exception();
        }
        return new QueueName(name);
    }
}
