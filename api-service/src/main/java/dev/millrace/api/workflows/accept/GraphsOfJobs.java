package dev.millrace.api.workflows.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.members.ReturnedGraphs;
import dev.millrace.api.record.members.ReturnedGraphs.Returned;
import dev.millrace.api.workflows.engine.Turns;
import dev.millrace.api.workflows.record.NewWorkflow;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.flow.Flow;
import dev.millrace.loop.Loops;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts the graphs that tasks have returned whose jobs are no members of workflows, in every instance. The workflow, and the job's result
 * that names it, are one commit. One that cannot run is told of in the result.
 */
@ApplicationScoped
class GraphsOfJobs {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int TOGETHER = 100;
    private static final String WORKFLOW = "workflowId";

    private final Db db;
    private final Intake intake;
    private final WorkflowRequest requests;
    private final Turns turns;

    GraphsOfJobs(Db db, Intake intake, WorkflowRequest requests, Turns turns) {
        this.db = db;
        this.intake = intake;
        this.requests = requests;
        this.turns = turns;
    }

    void start(@Observes StartupEvent starting, Loops loops) {
        loops.start("returned-graphs", this::startOnce);
    }

    /** Starts those that there are, and says how long to pause. */
    Duration startOnce() {
        if (!intake.isReady()) {
            return BETWEEN_LOOKS;
        }
        List<Returned> waiting = db.session(LIMIT, tx -> ReturnedGraphs.waiting(tx, TOGETHER));
        waiting.forEach(this::start);
        return waiting.isEmpty() ? BETWEEN_LOOKS : Duration.ZERO;
    }

    private void start(Returned returned) {
        JsonNode graph = StoredJson.read(returned.result()).path(Flow.RETURNED);
        if (!(graph instanceof ObjectNode own)) {
            refuse(returned, Problem.at(ProblemType.INVALID, "", "A workflow is an object."));
            return;
        }
        ObjectNode body =
                own.deepCopy().put("id", returned.job().child(Flow.RETURNED).toString());
        if (!body.hasNonNull("priority")) {
            body.put("priority", returned.priority());
        }
        switch (requests.read(returned.tenant(), returned.traceParent(), body)) {
            case Checked.Accepted<NewWorkflow>(NewWorkflow workflow) -> start(returned, workflow);
            case Checked.Refused<NewWorkflow>(Problem problem) -> refuse(returned, problem);
        }
    }

    private void start(Returned returned, NewWorkflow workflow) {
        String result = JsonNodeFactory.instance
                .objectNode()
                .put(WORKFLOW, workflow.id().toString())
                .toString();
        try {
            turns.accept(workflow, tx -> settled(tx, returned, result));
        } catch (ProblemException taken) {
            refuse(returned, taken.problem());
        }
    }

    /** Something if the graph was started by somebody else. */
    private static Optional<Boolean> settled(Tx tx, Returned returned, String result) {
        return ReturnedGraphs.settle(tx, returned.job(), result) ? Optional.empty() : Optional.of(true);
    }

    private void refuse(Returned returned, Problem problem) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().putNull(WORKFLOW);
        ObjectNode why =
                result.putObject("problem").put("type", problem.type().label()).put("detail", problem.detail());
        ArrayNode errors = why.putArray("errors");
        problem.errors()
                .forEach(error ->
                        errors.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        db.session(LIMIT, tx -> ReturnedGraphs.settle(tx, returned.job(), result.toString()));
    }
}
