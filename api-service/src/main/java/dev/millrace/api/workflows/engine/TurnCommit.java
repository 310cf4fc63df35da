package dev.millrace.api.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.cancel.Cancels;
import dev.millrace.api.jobs.request.RetryReader;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.record.ChildGraphs;
import dev.millrace.api.workflows.record.ChildRows;
import dev.millrace.api.workflows.record.MailRows;
import dev.millrace.api.workflows.record.MailRows.Mail;
import dev.millrace.api.workflows.record.NewChild;
import dev.millrace.api.workflows.record.NodeRows;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.RecordedResults;
import dev.millrace.api.workflows.record.SignalRows;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.record.WorkflowRows.Held;
import dev.millrace.api.workflows.turn.Attempt;
import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.Flow;
import dev.millrace.api.workflows.turn.NodeStatus;
import dev.millrace.api.workflows.turn.Turn;
import dev.millrace.api.workflows.turn.WorkflowState;
import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one transaction does with workflows that it has locked. */
final class TurnCommit {

    private static final String RETURNED = "$flow";

    /** How many members a workflow makes in a turn; the others' turns come before the rest. */
    static final int MEMBERS = 500;

    private final Tx tx;
    private final Intake intake;
    private final Specs specs;
    private final ChildGraphs graphs;
    private final Reopening reopening;
    private final List<NewChild> children = new ArrayList<>();
    private final List<Flow> turned = new ArrayList<>();
    private final List<UUID> more = new ArrayList<>();
    private final List<UUID> ended = new ArrayList<>();
    private final List<NewJob> jobs = new ArrayList<>();
    private final List<Cancels.Wanted> cancels = new ArrayList<>();
    private final Set<Grafted> grafted = new HashSet<>();
    private boolean othersToMove;

    TurnCommit(Tx tx, Intake intake, Specs specs, ChildGraphs graphs, Reopening reopening) {
        this.tx = tx;
        this.intake = intake;
        this.specs = specs;
        this.graphs = graphs;
        this.reopening = reopening;
    }

    /** A member that has given its place to a workflow in this transaction. */
    private record Grafted(MemberRows.Place set, int index) {}

    /**
     * What was written, for after the commit.
     *
     * @param cancels of members that live
     * @param ended the workflows that have ended now
     * @param more whether there is mail again: some have more members to make, or others were told something
     */
    record Done(List<Flow> flows, AcceptedJobs jobs, List<Cancels.Wanted> cancels, List<UUID> ended, boolean more) {}

    /** Moves workflows as far as they go. */
    Done turn(List<Held> all) {
        List<Held> locked = all.stream().filter(one -> !one.row().isBroken()).toList();
        if (locked.size() < all.size()) {
            endBroken(all.stream()
                    .filter(one -> one.row().isBroken())
                    .map(one -> one.row().id())
                    .toList());
        }
        List<UUID> ids = locked.stream().map(one -> one.row().id()).toList();
        Map<UUID, List<Mail>> mail = MailRows.take(tx, ids);
        List<Held> held = locked.stream()
                .map(one -> heard(one, mail.getOrDefault(one.row().id(), List.of())))
                .toList();
        if (!held.equals(locked)) {
            MailRows.take(tx, ids)
                    .forEach((id, more) -> mail.merge(
                            id,
                            more,
                            (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        }
        Map<UUID, List<Seen>> nodes = NodeRows.find(tx, ids);
        Map<?, Graph> graphs =
                specs.graphs(tx, held.stream().map(one -> one.row().spec()).collect(Collectors.toSet()));
        for (Held one : held) {
            Graph graph = Objects.requireNonNull(graphs.get(one.row().spec()), "A workflow has its graph.");
            List<NodeStatus> statuses = nodes.getOrDefault(one.row().id(), List.of()).stream()
                    .map(Seen::status)
                    .toList();
            turn(
                    one,
                    flow(one.row(), graph, statuses),
                    mail.getOrDefault(one.row().id(), List.of()));
        }
        return write(false);
    }

    /** The workflow as it is once it has heard what the one around it wants. */
    private Held heard(Held held, List<Mail> mail) {
        Held reopened = reopened(held, mail);
        WorkflowRow row = reopened.row();
        Optional<Mail> cancel = cancel(row, mail);
        if (cancel.isEmpty() || row.state().ended()) {
            return reopened;
        }
        WorkflowRows.wantCancelled(tx, row.id(), cancel.get().body(), false);
        return again(row);
    }

    /** One that has gone on by itself since it was sent is meant too. */
    private static Optional<Mail> cancel(WorkflowRow row, List<Mail> mail) {
        return mail.stream()
                .filter(one -> one.wants(ChildRows.CANCEL, row.askedRun(), row.run()))
                .findFirst();
    }

    private Held reopened(Held held, List<Mail> mail) {
        WorkflowRow row = held.row();
        boolean asked = row.state().ended() && mail.stream().anyMatch(one -> one.wants(ChildRows.RETRY, row.run()));
        boolean byItself = attempt(row).isOver(held.now())
                && !row.cancelRequested()
                && cancel(row, mail).isEmpty();
        if (!asked && !byItself) {
            return held;
        }
        if (asked) {
            reopening.asAsked(tx, row);
        } else {
            reopening.byItself(tx, row);
        }
        othersToMove = true;
        return again(row);
    }

    private Held again(WorkflowRow row) {
        return WorkflowRows.hold(tx, row.tenant(), row.id()).orElseThrow();
    }

    /** The first turn of a workflow that was added just now. */
    Done begin(Held added, Graph graph) {
        turn(added, flow(added.row(), graph, pending(graph)), List.of());
        return write(true);
    }

    /** Gives one up whose turns fail: what lives in it is cancelled, and it ends behind that. Nothing of it is read that may be what is wrong. */
    Done giveUp(Held held) {
        WorkflowRow row = held.row();
        WorkflowRows.giveUp(tx, row.id());
        cancels.add(Cancels.want(tx, row.tenant(), MemberRows.live(tx, row.id()), row.cancelReason()));
        ChildRows.cancelAll(tx, row.id(), row.cancelReason());
        endBroken(List.of(row.id()));
        return new Done(List.of(), AcceptedJobs.NONE, cancels, ended, true);
    }

    private void endBroken(List<UUID> ids) {
        MailRows.take(tx, ids);
        ended.addAll(WorkflowRows.endBroken(tx, ids));
        othersToMove = true;
    }

    static Flow flow(WorkflowRow row, Graph graph, List<NodeStatus> nodes) {
        return new Flow(
                row.id(),
                row.name(),
                graph,
                StoredJson.read(row.input()),
                StoredJson.readOrNull(row.borrowed()),
                nodes,
                row.run(),
                row.state(),
                row.startsAt(),
                row.startedAt(),
                row.deadlineAt(),
                row.cancelRequested(),
                row.compensate(),
                attempt(row),
                row.errorType() == null ? null : new Failure(row.errorType(), row.errorMessage()));
    }

    private static Attempt attempt(WorkflowRow row) {
        JsonNode retry = StoredJson.readOrNull(row.retry());
        return new Attempt(row.attempt(), retry == null ? null : RetryReader.policy(retry), row.retryAt());
    }

    private void turn(Held held, Flow flow, List<Mail> mail) {
        WorkflowRow row = held.row();
        if (row.state().ended()) {
            // What is told of it now is of no use to anybody: its outcome was decided by what had ended before.
            return;
        }
        MemberOrders orders = new MemberOrders(tx, intake, graphs, row, flow.graph());
        Turn turn = new Turn(
                flow,
                new RecordedResults(tx, row.id(), flow.graph()),
                SignalRows.inbox(tx, row.id()),
                orders,
                held.now(),
                MEMBERS);
        for (Mail one : mail) {
            if (MailRows.PAGE.equals(one.kind()) && one.node() != null && one.run() != null) {
                turn.pageEnded(one.node(), one.run(), one.succeeded() > 0);
            } else if (one.kind() == null && one.node() != null && one.run() != null) {
                turn.ended(one.node(), one.run(), one.succeeded(), one.failed());
                if (one.succeeded() > 0 && turn.takesGrafts(one.node(), one.run())) {
                    graft(turn, orders, new MemberRows.Place(row.id(), one.node(), one.run()));
                }
            }
        }
        if (turn.advance()) {
            more.add(row.id());
        }
        if (flow.state().ended()) {
            ended.add(row.id());
            othersToMove |= row.parent() != null;
        }
        turned.add(flow);
        jobs.addAll(orders.jobs());
        children.addAll(orders.children());
        MemberRows.bornFailed(tx, row.tenant(), orders.failed());
        cancelLive(row, List.copyOf(turn.cancelled()));
    }

    /** Members whose tasks have returned graphs give their places to these, which are looked for once they have ended. */
    private void graft(Turn turn, MemberOrders orders, MemberRows.Place set) {
        int made = 0;
        int failed = 0;
        for (Map.Entry<Integer, String> returned : MemberRows.returned(tx, set).entrySet()) {
            if (!grafted.add(new Grafted(set, returned.getKey()))) {
                continue;
            }
            JsonNode body = StoredJson.read(returned.getValue()).path(RETURNED);
            boolean runs = orders.graft(set.node(), set.run(), returned.getKey(), body);
            made += runs ? 1 : 0;
            failed += runs ? 0 : 1;
        }
        if (made + failed > 0) {
            turn.grafted(set.node(), set.run(), made, failed);
        }
    }

    private void cancelLive(WorkflowRow row, List<Integer> nodes) {
        if (!nodes.isEmpty()) {
            cancels.add(Cancels.want(tx, row.tenant(), MemberRows.live(tx, row.id(), nodes), row.cancelReason()));
            ChildRows.cancel(tx, row.id(), nodes, row.cancelReason());
            othersToMove = true;
        }
    }

    private Done write(boolean first) {
        WorkflowRows.update(tx, turned);
        if (first) {
            NodeRows.add(tx, turned);
        } else {
            NodeRows.update(tx, turned);
        }
        writeChildren();
        MailRows.wake(tx, more);
        return new Done(turned, AcceptedJobs.write(tx, jobs), cancels, ended, othersToMove || !more.isEmpty());
    }

    /** They begin with turns of their own. */
    private void writeChildren() {
        specs.add(tx, children.stream().map(NewChild::spec).toList());
        ChildRows.add(tx, children);
        NodeRows.add(tx, children.stream().map(TurnCommit::pending).toList());
        more.addAll(children.stream()
                .filter(child -> child.failure() == null)
                .map(NewChild::id)
                .toList());
    }

    private static Flow pending(NewChild child) {
        return new Flow(
                child.id(),
                child.name(),
                child.graph(),
                child.input(),
                child.borrowed(),
                pending(child.graph()),
                1,
                WorkflowState.SCHEDULED,
                null,
                null,
                null,
                false,
                false,
                Attempt.ONLY,
                null);
    }

    private static List<NodeStatus> pending(Graph graph) {
        return graph.nodes().stream().map(node -> new NodeStatus(node.number())).toList();
    }
}
