package dev.millrace.api.workflows.engine;

import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.cancel.Cancels;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.record.MailRows;
import dev.millrace.api.workflows.record.MailRows.Mail;
import dev.millrace.api.workflows.record.NodeRows;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.RecordedResults;
import dev.millrace.api.workflows.record.SignalRows;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.record.WorkflowRows.Held;
import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.Flow;
import dev.millrace.api.workflows.turn.NodeStatus;
import dev.millrace.api.workflows.turn.Turn;
import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** What one transaction does with workflows that it has locked. */
final class TurnCommit {

    /** How many members a workflow makes in a turn; the others' turns come before the rest. */
    static final int MEMBERS = 500;

    private final Tx tx;
    private final Intake intake;
    private final Specs specs;
    private final List<Flow> turned = new ArrayList<>();
    private final List<UUID> more = new ArrayList<>();
    private final List<UUID> ended = new ArrayList<>();
    private final List<NewJob> jobs = new ArrayList<>();
    private final List<Cancels.Wanted> cancels = new ArrayList<>();

    TurnCommit(Tx tx, Intake intake, Specs specs) {
        this.tx = tx;
        this.intake = intake;
        this.specs = specs;
    }

    /**
     * What was written, for after the commit.
     *
     * @param cancels of members that live
     * @param ended the workflows that have ended now
     * @param more whether some have more members to make
     */
    record Done(List<Flow> flows, AcceptedJobs jobs, List<Cancels.Wanted> cancels, List<UUID> ended, boolean more) {}

    /** Moves workflows as far as they go. */
    Done turn(List<Held> held) {
        List<UUID> ids = held.stream().map(one -> one.row().id()).toList();
        Map<UUID, List<Mail>> mail = MailRows.take(tx, ids);
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

    /** The first turn of a workflow that was added just now. */
    Done begin(Held added, Graph graph) {
        List<NodeStatus> nodes = graph.nodes().stream()
                .map(node -> new NodeStatus(node.number()))
                .toList();
        turn(added, flow(added.row(), graph, nodes), List.of());
        return write(true);
    }

    /** Ends one whose turns fail: what lives in it is cancelled. */
    Done giveUp(Held held) {
        UUID id = held.row().id();
        MailRows.take(tx, List.of(id));
        List<Integer> all = NodeRows.find(tx, List.of(id)).getOrDefault(id, List.of()).stream()
                .map(one -> one.status().number())
                .toList();
        WorkflowRows.giveUp(tx, id);
        cancelLive(held.row(), all);
        return new Done(List.of(), AcceptedJobs.NONE, cancels, List.of(id), false);
    }

    static Flow flow(WorkflowRow row, Graph graph, List<NodeStatus> nodes) {
        return new Flow(
                row.id(),
                row.name(),
                graph,
                StoredJson.read(row.input()),
                nodes,
                row.run(),
                row.state(),
                row.startsAt(),
                row.startedAt(),
                row.deadlineAt(),
                row.cancelRequested(),
                row.errorType() == null ? null : new Failure(row.errorType(), row.errorMessage()));
    }

    private void turn(Held held, Flow flow, List<Mail> mail) {
        WorkflowRow row = held.row();
        if (row.state().ended()) {
            // What is told of it now is of no use to anybody: its outcome was decided by what had ended before.
            return;
        }
        MemberOrders orders = new MemberOrders(intake, row, flow.graph());
        Turn turn = new Turn(
                flow, new RecordedResults(tx, row.id()), SignalRows.inbox(tx, row.id()), orders, held.now(), MEMBERS);
        for (Mail one : mail) {
            if (one.node() != null && one.run() != null) {
                turn.ended(one.node(), one.run(), one.succeeded(), one.failed());
            }
        }
        if (turn.advance()) {
            more.add(row.id());
        }
        if (flow.state().ended()) {
            ended.add(row.id());
        }
        turned.add(flow);
        jobs.addAll(orders.jobs());
        MemberRows.bornFailed(tx, row.tenant(), orders.failed());
        cancelLive(row, List.copyOf(turn.cancelled()));
    }

    private void cancelLive(WorkflowRow row, List<Integer> nodes) {
        if (!nodes.isEmpty()) {
            cancels.add(Cancels.want(tx, row.tenant(), MemberRows.live(tx, row.id(), nodes), row.cancelReason()));
        }
    }

    private Done write(boolean first) {
        WorkflowRows.update(tx, turned);
        if (first) {
            turned.forEach(flow -> NodeRows.add(tx, flow));
        } else {
            NodeRows.update(tx, turned);
        }
        MailRows.wake(tx, more);
        return new Done(turned, AcceptedJobs.write(tx, jobs), cancels, ended, !more.isEmpty());
    }
}
