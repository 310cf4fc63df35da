package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.api.http.access.Caller;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.record.query.Redactions;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.DefinitionRef;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.record.WorkflowRow.Parent;
import dev.millrace.api.workflows.turn.NodeState;
import dev.millrace.api.workflows.turn.NodeStatus;
import dev.millrace.job.TaskName;
import dev.millrace.sensitive.SensitiveFields;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Workflows as clients see them. Every field is always there, null where it does not apply. Of a workflow of which a task marks something
 * as sensitive, callers below operator are shown neither input nor output: what they are made of is not known to them.
 */
@Singleton
public class WorkflowDocuments {

    private static final int MOST_NODES = 1_000;
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final WorkflowQueries queries;
    private final Redactions redactions;
    private final InstantSource clock;

    WorkflowDocuments(WorkflowQueries queries, Redactions redactions, InstantSource clock) {
        this.queries = queries;
        this.redactions = redactions;
        this.clock = clock;
    }

    /** The path of a workflow below the service's own address. */
    public static String path(UUID id) {
        return "/api/v1/workflows/" + id;
    }

    /** The whole document of a workflow that was read just now. */
    public ObjectNode of(Caller caller, WorkflowRow row) {
        return of(caller, queries.view(row));
    }

    ObjectNode of(Caller caller, WorkflowView view) {
        ObjectNode document = withoutNodes(caller, view);
        if (view.nodes().size() > MOST_NODES) {
            document.putNull("nodes");
        } else {
            ArrayNode nodes = document.putArray("nodes");
            view.graph().nodes().forEach(node -> nodes.add(node(view, node)));
        }
        return document;
    }

    ObjectNode withoutNodes(Caller caller, WorkflowView view) {
        WorkflowRow row = view.row();
        boolean hidden = isHidden(caller, view);
        ObjectNode document = NODES.objectNode();
        document.put("id", row.id().toString());
        document.put("name", row.name());
        document.set("definition", definition(row.definition()));
        document.put("state", row.state().name());
        document.put("run", row.run());
        document.put("attempt", row.attempt());
        document.put("retryAt", text(row.retryAt()));
        document.set("input", shown(row.input(), hidden));
        document.set("output", shown(row.output(), hidden));
        document.put("outputOmitted", row.outputOmitted());
        document.set("error", error(row.errorType(), row.errorMessage()));
        document.put("compensated", row.compensated());
        document.put("priority", row.priority());
        row.tags().forEach(document.putArray("tags")::add);
        document.set("metadata", StoredJson.read(row.metadata()));
        document.put("tenant", row.tenant());
        document.put("createdAt", text(row.createdAt()));
        document.put("startedAt", text(row.startedAt()));
        document.put("finishedAt", text(row.finishedAt()));
        document.put("durationMs", durationMs(row));
        document.put("scheduledFor", text(row.scheduledFor()));
        document.put("deadlineAt", text(row.deadlineAt()));
        document.set("waitingFor", waitingFor(view));
        document.set("counts", counts(view));
        Parent parent = row.parent();
        document.put("parentId", parent == null ? null : parent.workflow().toString());
        document.put("parentNode", parent == null ? null : parent.name());
        document.put("parentIndex", parent == null ? null : (Integer) parent.index());
        document.put("rootId", row.root().toString());
        document.putNull("parentJobId");
        document.put("scheduleId", row.scheduleId());
        document.put("traceId", traceId(row.traceParent()));
        document.put("version", row.version());
        document.set("links", links(row.id()));
        return document;
    }

    /** Whether the caller is not to see what goes in and comes out. */
    boolean isHidden(Caller caller, WorkflowView view) {
        Redaction redaction = redactions.of(caller);
        return view.graph().tasks().map(WorkflowDocuments::name).anyMatch(redaction::concerns);
    }

    private static TaskName name(Step.Task task) {
        return new TaskName(task.job().path("task").asText());
    }

    static JsonNode shown(@Nullable String json, boolean hidden) {
        if (json == null) {
            return NODES.nullNode();
        }
        return hidden ? TextNode.valueOf(SensitiveFields.MASK) : StoredJson.read(json);
    }

    private static JsonNode definition(@Nullable DefinitionRef ref) {
        return ref == null
                ? NODES.nullNode()
                : NODES.objectNode().put("name", ref.name()).put("version", ref.version());
    }

    static JsonNode error(@Nullable String type, @Nullable String message) {
        return type == null
                ? NODES.nullNode()
                : NODES.objectNode().put("type", type).put("message", message);
    }

    private @Nullable Long durationMs(WorkflowRow row) {
        Instant started = row.startedAt();
        Instant finished = row.finishedAt();
        if (started == null) {
            return null;
        }
        return Math.max(
                0,
                Duration.between(started, finished == null ? clock.instant() : finished)
                        .toMillis());
    }

    private static ArrayNode waitingFor(WorkflowView view) {
        ArrayNode waiting = NODES.arrayNode();
        for (Node node : view.graph().nodes()) {
            NodeStatus status = view.status(node);
            if (status.state() == NodeState.WAITING) {
                ObjectNode one = waiting.addObject().put("node", node.name());
                one.put("signal", node.step() instanceof Step.Signal signal ? signal.signal() : null);
                one.put("since", text(status.times().started()));
                one.put("timeoutAt", text(status.times().due()));
            }
        }
        return waiting;
    }

    /** A root that holds others is no node that anybody named. */
    private static ObjectNode counts(WorkflowView view) {
        List<Node> nodes = view.graph().nodes().stream()
                .filter(node -> !node.isRoot() || !node.step().isScope())
                .toList();
        List<NodeStatus> leaves = nodes.stream()
                .filter(node -> !node.step().isScope())
                .map(view::status)
                .toList();
        return NODES.objectNode()
                .put("nodes", nodes.size())
                .put(
                        "settled",
                        nodes.stream()
                                .filter(node -> view.status(node).state().settled())
                                .count())
                .put(
                        "members",
                        leaves.stream().mapToInt(leaf -> leaf.counters().made()).sum())
                .put(
                        "live",
                        leaves.stream().mapToInt(leaf -> leaf.counters().live()).sum())
                .put(
                        "succeeded",
                        leaves.stream()
                                .mapToInt(leaf -> leaf.counters().succeeded())
                                .sum())
                .put(
                        "failed",
                        leaves.stream()
                                .mapToInt(leaf -> leaf.counters().failed())
                                .sum());
    }

    /** A node as clients see it. */
    ObjectNode node(WorkflowView view, Node node) {
        Seen seen = view.nodes().get(node.number());
        NodeStatus status = seen.status();
        ObjectNode document = NODES.objectNode();
        document.put("name", node.name());
        document.put("label", node.label());
        document.put("kind", node.step().kind());
        document.put(
                "parent",
                node.isRoot() ? null : view.graph().node(node.parent()).name());
        document.put("state", status.state().name());
        document.put("run", status.run());
        ArrayNode after = document.putArray("after");
        node.after().forEach(edge -> after.add(view.graph().node(edge.node()).name()));
        document.put("size", status.counters().size());
        document.put("made", status.counters().made());
        document.put("live", node.step().isScope() ? 0 : status.counters().live());
        document.put("succeeded", status.counters().succeeded());
        document.put("failed", status.counters().failed());
        document.put("jobId", view.job(node));
        document.put("workflowId", view.child(node));
        document.set(
                "error",
                status.error() == null
                        ? NODES.nullNode()
                        : error(status.error().type(), status.error().message()));
        Integer cause = status.cause();
        document.put(
                "cause",
                cause == null || cause < 0 ? null : view.graph().node(cause).name());
        document.put("startedAt", text(status.times().started()));
        document.put("finishedAt", text(status.times().finished()));
        document.put("dueAt", text(status.times().due()));
        document.put("version", seen.version());
        return document;
    }

    static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static @Nullable String traceId(@Nullable String traceParent) {
        return traceParent == null || traceParent.length() < TRACE_ID_END
                ? null
                : traceParent.substring(TRACE_ID_START, TRACE_ID_END);
    }

    private static ObjectNode links(UUID id) {
        String self = path(id);
        return NODES.objectNode()
                .put("self", self)
                .put("events", self + "/events")
                .put("result", self + "/result")
                .put("graph", self + "/graph")
                .put("cancel", self + "/cancel");
    }
}
