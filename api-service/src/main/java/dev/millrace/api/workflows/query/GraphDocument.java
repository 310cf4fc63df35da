package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Edge;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.turn.NodeStatus;
import java.util.Locale;

/** A graph as it is drawn: its nodes with how they stand, and its edges. */
public final class GraphDocument {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GraphDocument() {}

    /** A graph that nobody runs yet, with how many nodes and edges it has. */
    public static ObjectNode checked(Graph graph) {
        ObjectNode drawn = NODES.objectNode();
        ArrayNode nodes = drawn.putArray("nodes");
        graph.nodes().forEach(node -> nodes.add(head(graph, node)));
        ArrayNode edges = edges(graph);
        drawn.set("edges", edges);
        ObjectNode checked = NODES.objectNode();
        checked.put("nodes", graph.nodes().size());
        checked.put("edges", edges.size());
        checked.set("graph", drawn);
        return checked;
    }

    static ObjectNode of(WorkflowView view) {
        ObjectNode document = NODES.objectNode();
        ArrayNode nodes = document.putArray("nodes");
        view.graph().nodes().forEach(node -> nodes.add(node(view, node)));
        document.set("edges", edges(view.graph()));
        return document;
    }

    private static ObjectNode head(Graph graph, Node node) {
        return NODES.objectNode()
                .put("name", node.name())
                .put("label", node.label())
                .put("kind", node.step().kind())
                .put("parent", node.isRoot() ? null : graph.node(node.parent()).name());
    }

    private static ObjectNode node(WorkflowView view, Node node) {
        NodeStatus status = view.status(node);
        ObjectNode drawn = head(view.graph(), node).put("state", status.state().name());
        drawn.putObject("counts")
                .put("size", status.counters().size())
                .put("made", status.counters().made())
                .put("succeeded", status.counters().succeeded())
                .put("failed", status.counters().failed());
        drawn.put("jobId", view.job(node));
        drawn.put("workflowId", view.child(node));
        drawn.put("startedAt", WorkflowDocuments.text(status.times().started()));
        drawn.put("finishedAt", WorkflowDocuments.text(status.times().finished()));
        drawn.put("dueAt", WorkflowDocuments.text(status.times().due()));
        return drawn;
    }

    private static ArrayNode edges(Graph graph) {
        ArrayNode edges = NODES.arrayNode();
        for (Node node : graph.nodes()) {
            for (Edge edge : node.after()) {
                edges.addObject()
                        .put("from", graph.node(edge.node()).name())
                        .put("to", node.name())
                        .put("on", edge.on().name().toLowerCase(Locale.ROOT));
            }
        }
        return edges;
    }
}
