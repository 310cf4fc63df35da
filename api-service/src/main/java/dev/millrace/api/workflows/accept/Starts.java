package dev.millrace.api.workflows.accept;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.submit.Call;
import dev.millrace.api.jobs.submit.IdempotencyKeys;
import dev.millrace.api.jobs.submit.IdempotencyKeys.StoredKey;
import dev.millrace.api.jobs.submit.OneSubmit;
import dev.millrace.api.tenants.KnownQuotas;
import dev.millrace.api.workflows.engine.EndedWorkflows;
import dev.millrace.api.workflows.engine.Turns;
import dev.millrace.api.workflows.engine.Turns.Accepted;
import dev.millrace.api.workflows.query.WorkflowDocuments;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has one workflow committed, and answers whoever started it. */
@Singleton
public class Starts {

    private final KnownQuotas quotas;
    private final Turns turns;
    private final EndedWorkflows endings;
    private final WorkflowDocuments documents;

    Starts(KnownQuotas quotas, Turns turns, EndedWorkflows endings, WorkflowDocuments documents) {
        this.quotas = quotas;
        this.turns = turns;
        this.endings = endings;
        this.documents = documents;
    }

    /**
     * 202 with the workflow once it is committed, or 200 if it has ended within the time that the client would wait.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 429 if its tenant may submit nothing more; a workflow counts as a job
     */
    CompletionStage<Response> start(Caller caller, Call call, NewWorkflow workflow) {
        quotas.admitJobs(call.tenant(), 1);
        Optional<CompletionStage<Optional<WorkflowRow>>> end =
                call.patience().map(patience -> endings.await(call.tenant(), workflow.id(), patience));
        Accepted<UUID> accepted = turns.accept(workflow, tx -> known(tx, call, workflow));
        UUID id = accepted.instead().orElse(workflow.id());
        boolean replayed = accepted.row().isEmpty();
        WorkflowRow row =
                accepted.row().or(() -> endings.find(call.tenant(), id)).orElseThrow(Starts::gone);
        if (end.isEmpty() || row.state().ended()) {
            boolean waited = end.isPresent() && row.state().ended();
            return CompletableFuture.completedStage(reply(waited ? Status.OK : Status.ACCEPTED, caller, row, replayed)
                    .build());
        }
        Duration patience = call.patience().orElse(Duration.ZERO);
        CompletionStage<Optional<WorkflowRow>> awaited =
                id.equals(workflow.id()) ? end.get() : endings.await(call.tenant(), id, patience);
        return awaited.thenApply(found -> answer(caller, found.orElse(row), replayed, patience));
    }

    private Response answer(Caller caller, WorkflowRow row, boolean replayed, Duration patience) {
        return row.state().ended()
                ? reply(Status.OK, caller, row, replayed)
                        .header("Preference-Applied", "wait=" + patience.toSeconds())
                        .build()
                : reply(Status.ACCEPTED, caller, row, replayed).build();
    }

    /** The workflow that the call's key stands for; empty if it is this call's now, or if there is none. */
    private static Optional<UUID> known(Tx tx, Call call, NewWorkflow workflow) {
        IdempotencyKeys.Key key = call.key();
        if (key == null) {
            return Optional.empty();
        }
        StoredKey own = new StoredKey(workflow.body(), workflow.id().toString());
        if (IdempotencyKeys.claim(tx, Map.of(key, own)).contains(key)) {
            return Optional.empty();
        }
        StoredKey known = IdempotencyKeys.find(tx, List.of(key)).get(key);
        if (known == null || !known.body().equals(workflow.body())) {
            throw OneSubmit.keyReused();
        }
        return Optional.of(UUID.fromString(known.reply()));
    }

    private static RuntimeException gone() {
        return Problem.of(ProblemType.NOT_FOUND, "The workflow that this key or id stands for is gone.")
                .exception();
    }

    private ResponseBuilder reply(Status status, Caller caller, WorkflowRow row, boolean replayed) {
        ResponseBuilder reply = Response.status(status)
                .header(HttpHeaders.LOCATION, WorkflowDocuments.path(row.id()))
                .entity(documents.of(caller, row));
        return replayed ? reply.header(OneSubmit.REPLAYED, true) : reply;
    }
}
