package dev.millrace.api.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.problem.Checked;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.jobs.accept.Intake;
import dev.millrace.api.record.job.JobDetails.Place;
import dev.millrace.api.record.job.NewJob;
import dev.millrace.api.record.members.MemberRows;
import dev.millrace.api.record.members.MemberRows.BornFailed;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.ChildGraphs;
import dev.millrace.api.workflows.record.NewChild;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.turn.Ending;
import dev.millrace.api.workflows.turn.Failure;
import dev.millrace.api.workflows.turn.Members;
import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes jobs, as if they were submitted, and workflows of what a workflow orders, and keeps them until they are written. */
public final class MemberOrders implements Members {

    /** Under what a job goes that a workflow has made and that is no part of it. */
    private static final String CALLBACK = "on";

    private static final String COMPENSATION = "compensate";
    private static final String UNKNOWN_QUEUE = "default";

    private final Intake intake;
    private final WorkflowRow workflow;
    private final Graph graph;
    private final List<NewJob> jobs = new ArrayList<>();
    private final List<BornFailed> failed = new ArrayList<>();
    private final Children children;

    public MemberOrders(Tx tx, Intake intake, ChildGraphs graphs, WorkflowRow workflow, Graph graph) {
        this.intake = intake;
        this.children = new Children(tx, intake, graphs, workflow);
        this.workflow = workflow;
        this.graph = graph;
    }

    public List<NewJob> jobs() {
        return jobs;
    }

    public List<NewChild> children() {
        return children.made();
    }

    /** Puts a workflow into the place of a member whose task has returned one; returns whether it can run. */
    boolean graft(int node, int run, int index, JsonNode body) {
        Step.Body step = Objects.requireNonNull(graph.node(node).step().body(), "It has members.");
        Order order = new Order(node, run, index, step, null, null, null);
        return children.graft(order, graph.node(node).name(), body);
    }

    /** Those that could not be made. */
    public List<BornFailed> failed() {
        return failed;
    }

    @Override
    public @Nullable Failure make(Order order) {
        JsonNode payload = order.payload();
        if (payload == null) {
            return failed(order, order.failure() == null ? new Failure("ReferenceMissing", null) : order.failure());
        }
        return switch (order.body()) {
            case Step.Task task -> job(order, task, payload);
            case Step.Child child ->
                switch (children.make(order, graph.node(order.node()).name(), child, payload)) {
                    case null -> null;
                    case Failure failure -> failed(order, failure);
                };
        };
    }

    private @Nullable Failure job(Order order, Step.Task task, JsonNode payload) {
        ObjectNode body = inherited(task);
        body.set("payload", payload);
        return switch (intake.ofWorkflow(workflow.tenant(), workflow.traceParent(), place(order), body)) {
            case Checked.Accepted<NewJob>(NewJob job) -> {
                jobs.add(job);
                yield null;
            }
            case Checked.Refused<NewJob>(Problem problem) -> failed(order, failure(problem));
        };
    }

    /** What the step does not say of its job, the workflow does. */
    private ObjectNode inherited(Step.Task task) {
        ObjectNode body = task.job().deepCopy();
        if (!body.hasNonNull("priority") && workflow.priority() != null) {
            body.put("priority", workflow.priority());
        }
        if (!body.hasNonNull("tags") && !workflow.tags().isEmpty()) {
            workflow.tags().forEach(body.putArray("tags")::add);
        }
        if (!body.hasNonNull("metadata") && !workflow.metadata().equals("{}")) {
            body.set("metadata", StoredJson.read(workflow.metadata()));
        }
        return body;
    }

    private Place place(Order order) {
        String name = order.node() >= 0
                ? graph.node(order.node()).name()
                : order.node() <= Ending.UNDO ? COMPENSATION : CALLBACK;
        return new Place(workflow.id(), order.node(), name, order.run(), order.index());
    }

    private static Failure failure(Problem problem) {
        String type = switch (problem.type()) {
            case PAYLOAD_INVALID -> "PayloadInvalid";
            case TOO_LARGE -> "InputTooLarge";
            case UNKNOWN_TASK -> "UnknownTask";
            case UNKNOWN_QUEUE -> "UnknownQueue";
            default -> "Refused";
        };
        return new Failure(type, problem.detail());
    }

    private Failure failed(Order order, Failure failure) {
        JsonNode queue = order.body() instanceof Step.Task task ? task.job().path("queue") : MissingNode.getInstance();
        failed.add(new BornFailed(
                intake.nextId(),
                new MemberRows.Place(workflow.id(), order.node(), order.run()),
                order.index(),
                order.body() instanceof Step.Task task ? task.job().path("task").asText() : Children.TASK,
                queue.isTextual() ? queue.textValue() : UNKNOWN_QUEUE,
                failure.type(),
                failure.message()));
        return failure;
    }
}
