package dev.millrace.api.jobs.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.json.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Accepts a job that says nothing but its payload, which is the body. It is the same as if both stood in a body of {@code POST /jobs}. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
public class TaskJobsResource {

    private static final int MAX_MEBIBYTES = 1;
    private static final String PAYLOAD = "/payload";

    private final Callers callers;
    private final Intake intake;
    private final OneSubmit submit;

    public TaskJobsResource(Callers callers, Intake intake, OneSubmit submit) {
        this.callers = callers;
        this.intake = intake;
        this.submit = submit;
    }

    @POST
    @Path("/{name}/jobs")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> submit(@PathParam("name") String task, byte[] body, @Context HttpHeaders headers) {
        Caller caller = callers.current();
        Call call = Call.of(caller, headers);
        intake.requireReady();
        JsonNode payload = StrictJson.read(Bodies.atMost(MAX_MEBIBYTES, body));
        return submit.submit(caller, call, job(call, task, payload));
    }

    private NewJob job(Call call, String task, JsonNode payload) {
        JsonNode request =
                JsonNodeFactory.instance.objectNode().put("task", task).set("payload", payload);
        return intake.job(call.tenant(), call.traceParent(), request)
                .otherwise(TaskJobsResource::seenFromThePayload)
                .orThrow();
    }

    /** The task is the path's, and the body is the payload. */
    private static Problem seenFromThePayload(Problem problem) {
        List<Violation> errors = problem.errors();
        return errors.stream().anyMatch(error -> error.pointer().equals("/task"))
                ? Problem.of(ProblemType.NOT_FOUND, "There is no task of this name; GET /api/v1/tasks lists them.")
                : new Problem(
                        problem.type(),
                        problem.detail(),
                        errors.stream()
                                .map(TaskJobsResource::seenFromThePayload)
                                .toList());
    }

    private static Violation seenFromThePayload(Violation error) {
        return error.pointer().startsWith(PAYLOAD)
                ? new Violation(error.pointer().substring(PAYLOAD.length()), error.detail())
                : error;
    }
}
