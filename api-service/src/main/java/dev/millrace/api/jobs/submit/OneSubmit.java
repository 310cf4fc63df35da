package dev.millrace.api.jobs.submit;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.record.job.JobInserts.Result;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.query.JobDocument;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.job.JobId;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has one job committed, and answers whoever submitted it. */
@Singleton
public class OneSubmit {

    /** The header that tells a repetition. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private final SubmitBatcher batcher;
    private final JobQueries queries;
    private final SubmitWait ends;
    private final Redactions redactions;
    private final InstantSource clock;

    public OneSubmit(
            SubmitBatcher batcher, JobQueries queries, SubmitWait ends, Redactions redactions, InstantSource clock) {
        this.batcher = batcher;
        this.queries = queries;
        this.ends = ends;
        this.redactions = redactions;
        this.clock = clock;
    }

    /** How long a client would wait, and for what: it is listened for before the job can end. */
    private record Patience(Duration atMost, SubmitWait.Expected end) {}

    /** What is answered: the job as it stands, and whether the call is a repetition. */
    private record Accepted(JobRow row, boolean replayed) {}

    /** 202 with the job once it is committed, or 200 if it has ended within the time that the client would wait. */
    CompletionStage<Response> submit(Caller caller, Call call, NewJob job) {
        Redaction redaction = redactions.of(caller);
        Span.current().setAttribute("millrace.job.id", job.id().toString());
        Submission submission =
                new Submission(call.key(), job.body(), List.of(job), results -> storedReply(job, results.getFirst()));
        Optional<Patience> patience = call.patience().map(wait -> new Patience(wait, ends.expect(job.id())));
        return batcher.submit(submission)
                .thenCompose(outcome -> accepted(job, outcome))
                .thenCompose(accepted -> patience.map(until -> answer(until, accepted, redaction))
                        .orElseGet(() -> CompletableFuture.completedStage(
                                reply(Status.ACCEPTED, accepted, accepted.row(), redaction)
                                        .build())))
                .whenComplete((reply, failure) ->
                        patience.ifPresent(until -> until.end().forget()));
    }

    /** A call that is refused leaves its key unused. */
    private static Optional<String> storedReply(NewJob job, Result result) {
        return result == Result.ID_CONFLICT
                ? Optional.empty()
                : Optional.of(job.id().toString());
    }

    private CompletionStage<Accepted> accepted(NewJob job, SubmitResult outcome) {
        return switch (outcome) {
            case SubmitResult.Stored stored -> accepted(job, stored);
            case SubmitResult.Replayed replayed -> current(job.spec().tenant(), JobId.parse(replayed.reply()));
            case SubmitResult.KeyReused reused -> throw keyReused();
        };
    }

    private CompletionStage<Accepted> accepted(NewJob job, SubmitResult.Stored stored) {
        return switch (stored.results().getFirst()) {
            case CREATED -> CompletableFuture.completedStage(new Accepted(row(job, stored), false));
            case DUPLICATE -> current(job.spec().tenant(), job.id());
            case ID_CONFLICT ->
                throw Problem.at(ProblemType.ID_TAKEN, "/id", "A job with this id and another body exists.")
                        .exception();
        };
    }

    private static JobRow row(NewJob job, SubmitResult.Stored stored) {
        return job.row(Objects.requireNonNull(stored.times().get(job.id()), "A new job has its times."));
    }

    /** What is said of a key that was used for something else. */
    public static RuntimeException keyReused() {
        return Problem.of(
                        ProblemType.KEY_REUSED,
                        "This Idempotency-Key was used with another body within 24 hours. Use a key of its own.")
                .exception();
    }

    private CompletionStage<Accepted> current(String tenant, JobId id) {
        return queries.find(tenant, id)
                .thenApply(found -> new Accepted(
                        found.orElseThrow(() -> Problem.of(
                                        ProblemType.NOT_FOUND, "The job that this key or id stands for is gone.")
                                .exception()),
                        true));
    }

    private CompletionStage<Response> answer(Patience until, Accepted accepted, Redaction redaction) {
        return ended(until, accepted)
                .thenApply(ended -> ended.map(row -> reply(Status.OK, accepted, row, redaction)
                                .header(
                                        "Preference-Applied",
                                        "wait=" + until.atMost().toSeconds()))
                        .orElseGet(() -> reply(Status.ACCEPTED, accepted, accepted.row(), redaction))
                        .build());
    }

    /** The job is accepted by now: whatever ends the wait must not end the call. */
    private CompletionStage<Optional<JobRow>> ended(Patience until, Accepted accepted) {
        JobRow row = accepted.row();
        if (row.ended()) {
            return CompletableFuture.completedStage(Optional.of(row));
        }
        CompletionStage<Optional<JobRow>> end = accepted.replayed()
                ? ends.awaitEnd(row, until.atMost())
                : until.end().awaitEnd(row, until.atMost());
        return end.exceptionally(away -> Optional.empty());
    }

    /** The place is relative to the server, which may be known to the client by another name. */
    private ResponseBuilder reply(Status status, Accepted accepted, JobRow row, Redaction redaction) {
        JobDocument document = JobDocument.of(row, clock.instant(), redaction);
        ResponseBuilder reply = Response.status(status)
                .header(HttpHeaders.LOCATION, document.links().self())
                .entity(document);
        return accepted.replayed() ? reply.header(REPLAYED, true) : reply;
    }
}
