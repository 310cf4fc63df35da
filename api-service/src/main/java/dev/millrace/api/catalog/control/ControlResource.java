package dev.millrace.api.catalog.control;

import dev.millrace.api.catalog.control.Control.Answer;
import dev.millrace.api.catalog.control.ReplyDocument.Replies;
import dev.millrace.api.catalog.workers.SeenWorker;
import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has several workers do the same, for all tenants. */
@Path("/api/v1/control")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ControlResource {

    private final Callers callers;
    private final Workers workers;
    private final Control control;

    public ControlResource(Callers callers, Workers workers, Control control) {
        this.callers = callers;
        this.workers = workers;
        this.control = control;
    }

    /** Those that are named, or all that live: 202 with what each of them did, 200 of a ping; 504 if none of them replies. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response tell(byte[] body, @Context UriInfo uri) {
        QueryParameters.of(uri);
        callers.ofInstallation();
        ControlRequest request = ControlRequest.of(body);
        Set<String> asked = asked(request);
        Map<String, Answer> answers = asked.isEmpty() ? Map.of() : control.ask(asked, request.action());
        if (!asked.isEmpty() && answers.isEmpty()) {
            throw Problem.of(ProblemType.NO_REPLY, "None of the workers has replied in 5 seconds.")
                    .exception();
        }
        return WorkerControlResource.answer(request.action(), Replies.of(request.action(), asked, answers));
    }

    private Set<String> asked(ControlRequest request) {
        Stream<SeenWorker> meant = request.workers().isEmpty()
                ? workers.living().stream()
                : request.workers().stream().map(workers::require);
        return meant.map(SeenWorker::id).collect(Collectors.toUnmodifiableSet());
    }
}
