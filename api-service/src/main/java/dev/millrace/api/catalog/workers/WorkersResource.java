package dev.millrace.api.catalog.workers;

import dev.millrace.api.catalog.workers.SeenWorker.State;
import dev.millrace.api.catalog.workers.WorkerDocument.WorkerList;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.query.JobList;
import dev.millrace.job.JobId;
import dev.millrace.names.Labelled;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Shows workers, and the jobs that they have. */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class WorkersResource {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final List<State> LIVING = List.of(State.RUNNING, State.DRAINING);

    private final Callers callers;
    private final Workers workers;
    private final WorkerJobs jobs;

    public WorkersResource(Callers callers, Workers workers, WorkerJobs jobs) {
        this.callers = callers;
        this.workers = workers;
        this.jobs = jobs;
    }

    /** Those that live, or those in one state, in the order of ids. */
    @GET
    public WorkerList list(@Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "state", "limit", "cursor");
        State state = query.read("state", WorkersResource::state, "is one of running, draining, gone");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        String behind = query.cursorName();
        List<State> states = state == null ? LIVING : List.of(state);
        return WorkerList.cut(workers.page(states, behind, limit + 1), limit);
    }

    /** One by its id, also when it is gone; or the only living one of a name. */
    @GET
    @Path("/{id}")
    public WorkerDocument worker(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return WorkerDocument.of(workers.require(id));
    }

    /** The caller's jobs that it has: those that run, and those that wait there for a slot. */
    @GET
    @Path("/{id}/jobs")
    public CompletionStage<JobList> jobs(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri, "limit", "cursor");
        int limit = query.number("limit", 1, MAX_PAGE, PAGE);
        JobId behind = query.cursor(JobId::parse);
        return jobs.page(callers.current(), workers.require(id), behind, limit);
    }

    private static State state(String label) {
        return Labelled.of(State.values(), "state", label);
    }
}
