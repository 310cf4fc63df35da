package dev.millrace.api.jobs.submit;

import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemMeters;
import dev.millrace.api.http.problem.ProblemReplies;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.NewJob;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Accepts up to 1,000 jobs in one call. Reading so many is not for an event loop. */
@Path("/api/v1/jobs/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class BulkResource {

    private static final int MAX_MEBIBYTES = 8;
    private static final String NDJSON = "application/x-ndjson";

    private final Callers callers;
    private final Intake intake;
    private final SubmitBatcher batcher;
    private final ProblemReplies problems;
    private final ProblemMeters meters;

    public BulkResource(
            Callers callers, Intake intake, SubmitBatcher batcher, ProblemReplies problems, ProblemMeters meters) {
        this.callers = callers;
        this.intake = intake;
        this.batcher = batcher;
        this.problems = problems;
        this.meters = meters;
    }

    /** Of a body in its form the items. */
    private interface Form {
        List<BulkItem> items(byte[] body, BulkBody.Reader reader);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> json(byte[] body, @Context HttpHeaders headers, @Context UriInfo uri) {
        return submit(BulkBody::json, body, headers, uri);
    }

    @POST
    @Consumes(NDJSON)
    public CompletionStage<Response> lines(byte[] body, @Context HttpHeaders headers, @Context UriInfo uri) {
        return submit(BulkBody::lines, body, headers, uri);
    }

    private CompletionStage<Response> submit(Form form, byte[] body, HttpHeaders headers, UriInfo uri) {
        requireJsonAccepted(headers);
        Call call = Call.of(callers.current(), headers);
        intake.requireReady();
        List<BulkItem> items = form.items(
                Bodies.atMost(MAX_MEBIBYTES, body), item -> intake.job(call.tenant(), call.traceParent(), item));
        List<NewJob> good = good(items);
        BulkReply reply = new BulkReply(
                items,
                uri.getRequestUri().getRawPath(),
                problems.traceId(headers.getHeaderString(ProblemReplies.TRACE_PARENT)));
        Submission submission =
                new Submission(call.key(), BulkBody.hash(items), good, results -> Optional.of(reply.write(results)));
        return batcher.submit(submission).thenApply(outcome -> {
            countRefusals(items, outcome);
            return answer(outcome, reply);
        });
    }

    /** Where two methods share a path and differ in what they consume, the framework does not look at Accept. */
    private static void requireJsonAccepted(HttpHeaders headers) {
        if (!acceptsJson(headers)) {
            throw Problem.of(ProblemType.NOT_ACCEPTABLE).exception();
        }
    }

    private static boolean acceptsJson(HttpHeaders headers) {
        try {
            return headers.getAcceptableMediaTypes().stream().anyMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static List<NewJob> good(List<BulkItem> items) {
        return items.stream()
                .filter(BulkItem.Good.class::isInstance)
                .map(item -> ((BulkItem.Good) item).job())
                .toList();
    }

    /** A repetition refuses nothing anew. */
    private void countRefusals(List<BulkItem> items, SubmitResult outcome) {
        if (outcome instanceof SubmitResult.Stored stored) {
            items.stream()
                    .filter(BulkItem.Bad.class::isInstance)
                    .forEach(
                            bad -> meters.refused(((BulkItem.Bad) bad).problem().type()));
            stored.results().stream()
                    .filter(Result.ID_CONFLICT::equals)
                    .forEach(taken -> meters.refused(ProblemType.ID_TAKEN));
        }
    }

    private static Response answer(SubmitResult outcome, BulkReply reply) {
        return switch (outcome) {
            case SubmitResult.Stored stored ->
                Response.accepted(reply.write(stored.results())).build();
            case SubmitResult.Replayed replayed ->
                Response.accepted(replayed.reply())
                        .header(OneSubmit.REPLAYED, true)
                        .build();
            case SubmitResult.KeyReused reused -> throw OneSubmit.keyReused();
        };
    }
}
