package dev.millrace.api.workflows.signals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.submit.IdempotencyKeys;
import dev.millrace.api.jobs.submit.IdempotencyKeys.StoredKey;
import dev.millrace.api.jobs.submit.OneSubmit;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.workflows.engine.Reopening;
import dev.millrace.api.workflows.engine.Turns;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.query.WorkflowRefusals;
import dev.millrace.api.workflows.record.ChildRows;
import dev.millrace.api.workflows.record.NodeRows;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.SignalRows;
import dev.millrace.api.workflows.record.SignalRows.Signal;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.record.WorkflowRows.Held;
import dev.millrace.api.workflows.signals.RetryRequest.Failed;
import dev.millrace.api.workflows.signals.RetryRequest.FromNode;
import dev.millrace.api.workflows.signals.RetryRequest.Start;
import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cancels workflows and hands them signals. */
@Singleton
class WorkflowChanges {

    private static final int MOST_UNTAKEN = 1_000;

    private final Turns turns;
    private final Specs specs;
    private final MessageSchemas schemas;
    private final Reopening reopening;

    WorkflowChanges(Turns turns, Specs specs, MessageSchemas schemas, Reopening reopening) {
        this.reopening = reopening;
        this.turns = turns;
        this.specs = specs;
        this.schemas = schemas;
    }

    /** What was sent, now or when the key was used first. */
    record Sent(String name, long seq) {}

    /**
     * The workflow as it is with the wish committed: nothing of it is made from then on but what undoes it.
     *
     * @param compensate whether what it has done is to be undone
     * @throws dev.millrace.api.http.problem.ProblemException 404, or 409 if it has ended
     */
    WorkflowRow cancel(Caller caller, UUID id, @Nullable String reason, boolean compensate) {
        return turns.change(caller.tenant(), id, tx -> held -> {
                    requireLive(held.row(), "nothing left to cancel");
                    WorkflowRows.wantCancelled(tx, id, reason, compensate);
                    return WorkflowRows.hold(tx, caller.tenant(), id).orElseThrow(() -> WorkflowRefusals.unknown(id));
                })
                .orElseThrow(() -> WorkflowRefusals.unknown(id));
    }

    /**
     * Has one that ended without success, or in part, go on.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 404, or 409 if it lives or has succeeded, or if nobody counts it any more; 422
     *     if it has no node of that name
     */
    WorkflowRow retry(Caller caller, UUID id, RetryRequest from) {
        return turns.change(caller.tenant(), id, tx -> {
                    ChildRows.holdParent(tx, caller.tenant(), id);
                    return held -> reopened(tx, held, from);
                })
                .orElseThrow(() -> WorkflowRefusals.unknown(id));
    }

    private Held reopened(Tx tx, Held held, RetryRequest from) {
        WorkflowRow row = held.row();
        requireUnsuccessful(row);
        requireCounted(tx, row);
        ChildRows.tellParent(tx, row.id());
        switch (from) {
            case Failed failed -> {
                requireNotUndone(row);
                reopening.fromFailed(tx, row);
            }
            case Start start -> reopening.fromStart(tx, row, start.input());
            case FromNode node -> {
                requireNotUndone(row);
                if (!reopening.fromNode(tx, row, node.name())) {
                    throw Problem.at(ProblemType.INVALID, "/from/node", "The workflow has no node of this name.")
                            .exception();
                }
            }
        }
        return WorkflowRows.hold(tx, row.tenant(), row.id()).orElseThrow(() -> WorkflowRefusals.unknown(row.id()));
    }

    private static void requireNotUndone(WorkflowRow row) {
        if (row.compensated() != null) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "What the workflow had done was undone; it can go on from its start only.")
                    .exception();
        }
    }

    /** What follows a step that has settled was decided by how its members ended. */
    private static void requireCounted(Tx tx, WorkflowRow row) {
        if (row.parent() != null && !ChildRows.isCounted(tx, row.id())) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "The workflow is a member of another one whose step has settled, or gives up; retry that one.")
                    .exception();
        }
    }

    private static void requireUnsuccessful(WorkflowRow row) {
        if (!row.state().ended() || row.state() == WorkflowState.SUCCEEDED) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "The workflow is %s; one that has failed, ended in part, or was cancelled can go on."
                                    .formatted(row.state()))
                    .exception();
        }
    }

    /**
     * Hands it a signal, which goes to the first node that waits for it, now or later.
     *
     * @param key null without an Idempotency-Key
     * @throws dev.millrace.api.http.problem.ProblemException 404; 409 if it has ended or no open node will take the signal; 413; 422
     */
    Sent signal(Caller caller, UUID id, String name, JsonNode payload, IdempotencyKeys.@Nullable Key key) {
        Sent[] sent = new Sent[1];
        boolean found = turns.change(caller.tenant(), id, tx -> held -> {
                    sent[0] = sent(tx, caller, held, name, payload, key);
                    return held;
                })
                .isPresent();
        if (!found) {
            throw WorkflowRefusals.unknown(id);
        }
        return sent[0];
    }

    private Sent sent(
            Tx tx, Caller caller, Held held, String name, JsonNode payload, IdempotencyKeys.@Nullable Key key) {
        UUID id = held.row().id();
        BodyHash body = hash(id, name, payload);
        if (key != null
                && !IdempotencyKeys.claim(tx, Map.of(key, new StoredKey(body, "")))
                        .contains(key)) {
            return replayed(tx, name, body, key);
        }
        requireLive(held.row(), "nobody left to take a signal");
        Step.Signal taker = taker(tx, held.row(), name);
        schemas.require(taker, payload);
        if (SignalRows.untaken(tx, id) >= MOST_UNTAKEN) {
            throw Problem.of(
                            ProblemType.TOO_LARGE,
                            "The workflow has 1,000 signals that nobody has taken, the most it may have.")
                    .exception();
        }
        Signal added = SignalRows.add(tx, id, name, payload.toString(), caller.name());
        if (key != null) {
            IdempotencyKeys.correct(tx, key, Long.toString(added.seq()));
        }
        return new Sent(name, added.seq());
    }

    private static BodyHash hash(UUID id, String name, JsonNode payload) {
        return BodyHash.of(JsonNodeFactory.instance
                .objectNode()
                .put("workflow", id.toString())
                .put("signal", name)
                .set("payload", payload));
    }

    private static Sent replayed(Tx tx, String name, BodyHash body, IdempotencyKeys.Key key) {
        StoredKey known = IdempotencyKeys.find(tx, List.of(key)).get(key);
        if (known == null || !known.body().equals(body)) {
            throw OneSubmit.keyReused();
        }
        return new Sent(name, Long.parseLong(known.reply()));
    }

    private static void requireLive(WorkflowRow row, String consequence) {
        if (row.state().ended()) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "The workflow has ended %s; there is %s.".formatted(row.state(), consequence))
                    .exception();
        }
    }

    /** The first open node that takes such signals. */
    private Step.Signal taker(Tx tx, WorkflowRow row, String name) {
        Graph graph =
                Objects.requireNonNull(specs.graphs(tx, Set.of(row.spec())).get(row.spec()), "It has its graph.");
        List<Seen> nodes = NodeRows.find(tx, List.of(row.id())).getOrDefault(row.id(), List.of());
        return graph.nodes().stream()
                .filter(node -> !nodes.get(node.number()).status().state().settled())
                .map(Node::step)
                .filter(Step.Signal.class::isInstance)
                .map(Step.Signal.class::cast)
                .filter(signal -> signal.signal().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.CONFLICT, "No open step of the workflow waits for a signal of this name.")
                        .exception());
    }
}
