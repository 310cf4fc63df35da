package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.access.Callers;
import dev.millrace.api.http.parameters.QueryParameters;
import dev.millrace.api.record.members.MemberRows.Member;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.turn.NodeState;
import dev.millrace.job.JobState;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

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
        JobState state = asked.oneOf("state", JobState.class);
        int limit = asked.number("limit", 1, MAX_PAGE, PAGE);
        int behind = asked.number("cursor", 0, Integer.MAX_VALUE - 1, 0);
        int wanted = asked.number("run", 1, Integer.MAX_VALUE, PRESENT);
        WorkflowView view = find(id);
        Node node = named(view, name);
        int run = wanted == PRESENT ? view.status(node).run() : wanted;
        List<Member> found = queries.members(view.row().id(), node, run, behind - 1, limit + 1, state);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        found.stream().limit(limit).forEach(member -> items.add(member(member)));
        list.put(
                "nextCursor",
                found.size() <= limit ? null : Integer.toString(found.getLast().index()));
        return list;
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

    private static Node named(WorkflowView view, String name) {
        return view.graph().named(name).orElseThrow(WorkflowRefusals::unknownNode);
    }

    private WorkflowView find(String id) {
        UUID workflow = WorkflowRefusals.id(id);
        return queries.find(callers.current().tenant(), workflow).orElseThrow(() -> WorkflowRefusals.unknown(workflow));
    }
}
