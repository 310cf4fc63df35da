package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.members.MemberRows.Member;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.api.workflows.record.ChildRows.Child;
import dev.millrace.api.workflows.turn.NodeState;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the nodes of a workflow, and their members. */
@Path("/api/v1/workflows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class NodesResource {

    /** No run has this number. */
    private static final int PRESENT = 0;

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 200;

    private final Callers callers;
    private final WorkflowQueries queries;
    private final WorkflowDocuments documents;

    NodesResource(Callers callers, WorkflowQueries queries, WorkflowDocuments documents) {
        this.callers = callers;
        this.queries = queries;
        this.documents = documents;
    }

    /** In the order of the graph; the cursor is the number behind which the page begins. */
    @GET
    @Path("/{id}/nodes")
    public ObjectNode nodes(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters asked = QueryParameters.of(uri, "state", "limit", "cursor");
        NodeState state = asked.oneOf("state", NodeState.class);
        int limit = asked.number("limit", 1, MAX_PAGE, PAGE);
        int from = asked.number("cursor", 0, Integer.MAX_VALUE, 0);
        WorkflowView view = find(id);
        List<Node> found = view.graph().nodes().stream()
                .filter(node -> node.number() >= from)
                .filter(node -> state == null || view.status(node).state() == state)
                .limit(limit + 1L)
                .toList();
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        found.stream().limit(limit).forEach(node -> items.add(documents.node(view, node)));
        list.put(
                "nextCursor",
                found.size() <= limit ? null : Integer.toString(found.getLast().number()));
        return list;
    }

    @GET
    @Path("/{id}/nodes/{name}")
    public ObjectNode node(@PathParam("id") String id, @PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri);
        WorkflowView view = find(id);
        return documents.node(view, named(view, name));
    }

    /** By their index, of the present run of the node, or of the one that is asked for. */
    @GET
    @Path("/{id}/nodes/{name}/members")
    public ObjectNode members(@PathParam("id") String id, @PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters asked = QueryParameters.of(uri, "state", "run", "limit", "cursor");
        MemberState state = asked.oneOf("state", MemberState.class);
        int limit = asked.number("limit", 1, MAX_PAGE, PAGE);
        int behind = asked.number("cursor", 0, Integer.MAX_VALUE - 1, 0);
        int wanted = asked.number("run", 1, Integer.MAX_VALUE, PRESENT);
        WorkflowView view = find(id);
        Node node = named(view, name);
        int run = wanted == PRESENT ? view.status(node).run() : wanted;
        List<ObjectNode> found =
                members(view.row().id(), node, view.status(node).grafts(), run, behind - 1, limit + 1, state);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("items").addAll(found.subList(0, Math.min(limit, found.size())));
        list.put(
                "nextCursor",
                found.size() <= limit
                        ? null
                        : Integer.toString(found.getLast().path("index").asInt()));
        return list;
    }

    /** Of a node whose members are workflows, those that could not be made are among the jobs; one that took a job's place stands for it. */
    private List<ObjectNode> members(
            UUID workflow, Node node, int grafts, int run, int behind, int atMost, @Nullable MemberState state) {
        Stream<ObjectNode> jobs = state != null && state.ofJobs() == null
                ? Stream.empty()
                : queries.members(workflow, node, run, behind, atMost, state == null ? null : state.ofJobs()).stream()
                        .map(NodesResource::member);
        boolean ofWorkflows = node.step().body() instanceof Step.Child || grafts > 0;
        Stream<ObjectNode> children = ofWorkflows
                ? queries.children(workflow, node, run, behind, atMost, state == null ? null : state.name()).stream()
                        .map(NodesResource::member)
                : Stream.empty();
        return Stream.concat(jobs, children)
                .sorted(Comparator.comparingInt(member -> member.path("index").asInt()))
                .limit(atMost)
                .toList();
    }

    private static ObjectNode member(Member member) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("index", member.index())
                .put("jobId", member.job().toString())
                .putNull("workflowId")
                .put("state", member.state().name());
        document.set("error", WorkflowDocuments.error(member.errorType(), member.errorMessage()));
        return document;
    }

    private static ObjectNode member(Child child) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("index", child.index())
                .putNull("jobId")
                .put("workflowId", child.id().toString())
                .put("state", child.state().name());
        document.set("error", WorkflowDocuments.error(child.errorType(), child.errorMessage()));
        return document;
    }

    private static Node named(WorkflowView view, String name) {
        return view.graph().named(name).orElseThrow(WorkflowRefusals::unknownNode);
    }

    private WorkflowView find(String id) {
        UUID workflow = WorkflowRefusals.id(id);
        return queries.find(callers.current().tenant(), workflow).orElseThrow(() -> WorkflowRefusals.unknown(workflow));
    }
}
