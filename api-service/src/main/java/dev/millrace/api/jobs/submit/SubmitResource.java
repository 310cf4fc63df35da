package dev.millrace.api.jobs.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.jobs.accept.Intake;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Accepts one job. */
@Path("/api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class SubmitResource {

    private static final int MAX_MEBIBYTES = 1;

    private final Callers callers;
    private final Intake intake;
    private final OneSubmit submit;

    public SubmitResource(Callers callers, Intake intake, OneSubmit submit) {
        this.callers = callers;
        this.intake = intake;
        this.submit = submit;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> submit(byte[] body, @Context HttpHeaders headers) {
        Caller caller = callers.current();
        Call call = Call.of(caller, headers);
        intake.requireReady();
        JsonNode request = StrictJson.read(Bodies.atMost(MAX_MEBIBYTES, body));
        return submit.submit(
                caller,
                call,
                intake.job(call.tenant(), call.traceParent(), request).orThrow());
    }
}
