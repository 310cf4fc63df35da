package dev.millrace.api.schedules.fires;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.base.database.ByKey;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.workflows.engine.Turns;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.FireReport.Outcome;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides ticks that are to start a workflow, each in a transaction of its own: what was decided, and the workflow with its first jobs, are
 * one commit. A report that comes again is answered as before.
 */
@Singleton
class WorkflowFires implements Starting {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Db db;
    private final FiredWork work;
    private final Turns turns;

    WorkflowFires(@ByKey Db db, FiredWork work, Turns turns) {
        this.db = db;
        this.work = work;
        this.turns = turns;
    }

    @Override
    public Decided decide(FireReport report, JsonNode workflow) {
        if (report.missed()) {
            return leave(report, Outcome.MISSED, null);
        }
        return switch (work.workflow(report.key(), report.fire().jobId().uuid(), null, workflow)) {
            case Checked.Accepted<NewWorkflow>(NewWorkflow accepted) -> start(report, accepted);
            case Checked.Refused<NewWorkflow>(Problem refusal) ->
                leave(report, Outcome.REJECTED, FireDecider.sentence(refusal));
        };
    }

    private Decided start(FireReport report, NewWorkflow workflow) {
        FireLine fired = line(report, workflow.id(), Outcome.FIRED, null);
        try {
            return turns.accept(workflow, tx -> instead(tx, report, fired))
                    .instead()
                    .orElseGet(() -> new Decided(Outcome.FIRED, Optional.of(fired)));
        } catch (ProblemException refused) {
            if (refused.problem().type() != ProblemType.ID_TAKEN) {
                throw refused;
            }
            return leave(report, Outcome.REJECTED, "A workflow of somebody else has the id of this fire.");
        }
    }

    /** What becomes of it in place of a start; notes the start if there is to be one. */
    private static Optional<Decided> instead(Tx tx, FireReport report, FireLine fired) {
        Overlaps.lock(tx, List.of(report));
        Optional<Decided> known = known(tx, report);
        if (known.isPresent()) {
            return known;
        }
        if (!Overlaps.busy(tx, List.of(report)).isEmpty()) {
            return Optional.of(noted(tx, line(report, null, Outcome.SKIPPED_OVERLAP, null)));
        }
        noted(tx, fired);
        return Optional.empty();
    }

    private Decided leave(FireReport report, Outcome outcome, @Nullable String detail) {
        return db.transaction(LIMIT, tx -> {
            Overlaps.lock(tx, List.of(report));
            return known(tx, report).orElseGet(() -> noted(tx, line(report, null, outcome, detail)));
        });
    }

    private static Optional<Decided> known(Tx tx, FireReport report) {
        return Optional.ofNullable(FireLines.known(tx, List.of(report)).get(report))
                .map(outcome -> new Decided(outcome, Optional.empty()));
    }

    private static Decided noted(Tx tx, FireLine line) {
        FireLines.insert(tx, List.of(line));
        RejectionTable.count(tx, RejectionStreak.of(List.of(line)));
        return new Decided(line.outcome(), Optional.of(line));
    }

    private static FireLine line(FireReport report, @Nullable UUID workflow, Outcome outcome, @Nullable String detail) {
        return new FireLine(report.key(), report.generation(), report.at(), null, workflow, outcome, detail);
    }
}
