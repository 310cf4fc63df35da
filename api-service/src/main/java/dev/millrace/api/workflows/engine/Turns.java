package dev.millrace.api.workflows.engine;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Acceptance;
import dev.millrace.api.jobs.accept.AcceptedJobs;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.jobs.cancel.Cancels;
import dev.millrace.api.workflows.engine.TurnCommit.Done;
import dev.millrace.api.workflows.record.ChildGraphs;
import dev.millrace.api.workflows.record.MailRows;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.api.workflows.record.Specs;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRows;
import dev.millrace.api.workflows.record.WorkflowRows.Held;
import dev.millrace.api.workflows.turn.Flow;
import dev.millrace.postgres.DatabaseUnavailable;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Moves workflows. Several threads and instances may do so at once. */
@Singleton
public class Turns {

    private static final Logger LOG = Logger.getLogger(Turns.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration ACCEPT_LIMIT = Duration.ofMillis(1_900);
    private static final Duration UNTIL_LOOKED = Duration.ofMillis(250);
    private static final Duration UNTIL_ONE_LIVES = Duration.ofSeconds(1);
    private static final int TOGETHER = 100;
    private static final int FAILURES = 3;

    private final Db db;
    private final Intake intake;
    private final Specs specs;
    private final Acceptance acceptance;
    private final Cancels cancels;
    private final TurnBell bell;
    private final EndedWorkflows endings;
    private final WorkflowWatch watch;
    private final TurnMeters meters;
    private final ChildGraphs graphs;
    private final Reopening reopening;

    public Turns(
            Db db,
            Intake intake,
            Specs specs,
            Acceptance acceptance,
            Cancels cancels,
            TurnBell bell,
            EndedWorkflows endings,
            WorkflowWatch watch,
            TurnMeters meters,
            ChildGraphs graphs,
            Reopening reopening) {
        this.graphs = graphs;
        this.reopening = reopening;
        this.db = db;
        this.intake = intake;
        this.specs = specs;
        this.acceptance = acceptance;
        this.cancels = cancels;
        this.bell = bell;
        this.endings = endings;
        this.watch = watch;
        this.meters = meters;
    }

    /**
     * What became of a workflow that was to be accepted.
     *
     * @param row empty if it was accepted before, from the same request
     * @param instead what the caller's claim said; empty if the workflow was to be accepted
     */
    public record Accepted<T>(Optional<WorkflowRow> row, Optional<T> instead) {}

    private record Written<T>(Accepted<T> accepted, Optional<Done> done) {}

    /**
     * Accepts a workflow: it, its nodes, and its first members are one commit, with what the caller claims before.
     *
     * @param claim as part of the transaction; empty if the workflow is to be accepted, else what is answered instead
     * @throws dev.millrace.api.http.problem.ProblemException 409 if its id belongs to another one; then nothing is claimed
     */
    public <T> Accepted<T> accept(NewWorkflow workflow, Function<Tx, Optional<T>> claim) {
        Written<T> written = acceptance.commit(
                () -> db.transaction(ACCEPT_LIMIT, tx -> {
                    Optional<T> instead = claim.apply(tx);
                    return instead.isPresent()
                            ? new Written<>(new Accepted<>(Optional.empty(), instead), Optional.empty())
                            : add(tx, workflow);
                }),
                one -> one.done().map(Done::jobs).orElse(AcceptedJobs.NONE));
        written.done().ifPresent(this::followLiving);
        return written.accepted();
    }

    private <T> Written<T> add(Tx tx, NewWorkflow workflow) {
        specs.add(tx, workflow.spec());
        Optional<Held> added = WorkflowRows.add(tx, workflow);
        if (added.isEmpty() && !WorkflowRows.isThere(tx, workflow)) {
            throw Problem.at(ProblemType.ID_TAKEN, "/id", "A workflow with this id and another body exists.")
                    .exception();
        }
        Optional<Done> done = added.map(held -> commit(tx).begin(held, workflow.graph()));
        Optional<WorkflowRow> row = added.flatMap(held -> WorkflowRows.find(tx, workflow.tenant(), workflow.id()));
        return new Written<>(new Accepted<>(row, Optional.empty()), done);
    }

    /**
     * Does something to a workflow that is locked for it, and moves it in the same commit.
     *
     * @param change is told of the transaction before the workflow is locked, and returns how it is from then on; what it throws leaves
     *     all as it was
     * @return empty if the tenant has no such workflow
     */
    public Optional<WorkflowRow> change(String tenant, UUID id, Function<Tx, Function<Held, Held>> change) {
        record Changed(Optional<Done> done) {}
        Changed changed = acceptance.commit(
                () -> db.transaction(ACCEPT_LIMIT, tx -> {
                    Function<Held, Held> changing = change.apply(tx);
                    return new Changed(WorkflowRows.hold(tx, tenant, id)
                            .map(changing)
                            .map(held -> commit(tx).turn(List.of(held))));
                }),
                one -> one.done().map(Done::jobs).orElse(AcceptedJobs.NONE));
        changed.done().ifPresent(this::followLiving);
        return changed.done().isEmpty() ? Optional.empty() : endings.find(tenant, id);
    }

    private TurnCommit commit(Tx tx) {
        return new TurnCommit(tx, intake, specs, graphs, reopening);
    }

    /**
     * Moves all that have mail or are due. Waits up to 250 ms for a reason to look if there are none; up to a second while no workflow
     * lives, of which this instance hears at once if it has accepted it.
     */
    public Duration turnOnce() throws InterruptedException {
        bell.await(bell.anyLive() ? UNTIL_LOOKED : UNTIL_ONE_LIVES);
        if (!intake.isReady()) {
            return UNTIL_LOOKED;
        }
        if (!bell.anyLive()) {
            lookWhetherAnyLives();
        }
        if (bell.anyLive()) {
            turnDue();
        }
        return Duration.ZERO;
    }

    private void turnDue() {
        List<UUID> due = db.session(LIMIT, MailRows::due);
        for (int from = 0; from < due.size(); from += TOGETHER) {
            turn(due.subList(from, Math.min(due.size(), from + TOGETHER)));
        }
        if (due.isEmpty()) {
            lookWhetherAnyLives();
        }
    }

    private void lookWhetherAnyLives() {
        bell.look(() -> db.session(LIMIT, MailRows::anyLive));
    }

    private void turn(List<UUID> ids) {
        try {
            turnTogether(ids);
        } catch (DatabaseUnavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            if (ids.size() == 1) {
                failed(ids.getFirst(), failure);
            } else {
                turn(ids.subList(0, ids.size() / 2));
                turn(ids.subList(ids.size() / 2, ids.size()));
            }
        }
    }

    private void turnTogether(List<UUID> ids) {
        Done done = acceptance.commit(
                () -> meters.turning(() -> db.transaction(LIMIT, tx -> {
                    List<Held> held = WorkflowRows.hold(tx, ids, TOGETHER);
                    return commit(tx).turn(held);
                })),
                Done::jobs);
        follow(done);
    }

    private void followLiving(Done done) {
        bell.lives();
        follow(done);
    }

    /** Behind the commit. */
    private void follow(Done done) {
        meters.made(done.jobs().jobs().size());
        done.cancels().forEach(cancels::carryOut);
        done.flows().stream()
                .filter(flow -> done.ended().contains(flow.id()))
                .forEach(flow -> meters.ended(flow.state()));
        watch.changed(done.flows().stream().map(Flow::id).toList());
        endings.ended(done.ended());
        if (done.more()) {
            bell.ring();
        }
    }

    private void failed(UUID id, RuntimeException failure) {
        int failures = db.transaction(LIMIT, tx -> WorkflowRows.turnFailed(tx, id));
        if (failures < FAILURES) {
            LOG.warnf(failure, "A turn of a workflow failed; it is tried again. workflow=%s", id);
            return;
        }
        LOG.errorf(failure, "A workflow ends as FAILED, since %d turns of it failed. workflow=%s", failures, id);
        meters.broken();
        Done done = db.transaction(LIMIT, tx -> {
            List<Held> held = WorkflowRows.hold(tx, List.of(id), 1);
            return held.isEmpty() ? commit(tx).turn(held) : commit(tx).giveUp(held.getFirst());
        });
        follow(done);
    }
}
