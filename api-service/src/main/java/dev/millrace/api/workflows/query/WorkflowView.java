package dev.millrace.api.workflows.query;

import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.graph.Node;
import dev.millrace.api.workflows.record.NodeRows.Seen;
import dev.millrace.api.workflows.record.WorkflowRow;
import dev.millrace.api.workflows.turn.NodeStatus;
import dev.millrace.job.JobId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown of a workflow.
 *
 * @param nodes in the order of their numbers
 * @param jobs of nodes that have one job, by the number of the node
 * @param children of nodes that have one workflow
 */
record WorkflowView(
        WorkflowRow row, Graph graph, List<Seen> nodes, Map<Integer, JobId> jobs, Map<Integer, UUID> children) {

    NodeStatus status(Node node) {
        return nodes.get(node.number()).status();
    }

    @Nullable
    String job(Node node) {
        JobId job = jobs.get(node.number());
        return job == null ? null : job.toString();
    }

    @Nullable
    String child(Node node) {
        UUID child = children.get(node.number());
        return child == null ? null : child.toString();
    }
}
