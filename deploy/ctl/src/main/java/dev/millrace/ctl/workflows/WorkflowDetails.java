package dev.millrace.ctl.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One workflow as text for people. */
final class WorkflowDetails {

    private static final String DEEPER = "  ";

    private WorkflowDetails() {}

    /** Shows it with its steps, each below what holds it. */
    static void show(JsonNode workflow, Session session) {
        Output out = session.out();
        out.text(text(workflow, session.cells()));
        JsonNode nodes = workflow.path("nodes");
        if (nodes.isArray()) {
            out.text(tree(nodes));
        } else {
            out.note("It has too many steps to show them; GET /workflows/{…}/nodes lists them.");
        }
    }

    /** What it waits for, by the names of its steps; empty if for nothing. */
    static String waits(JsonNode workflow) {
        return StreamSupport.stream(workflow.path("waitingFor").spliterator(), false)
                .map(wait -> Cells.text(wait.path("node")))
                .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode workflow, Cells cells) {
        JsonNode counts = workflow.path("counts");
        return new Details()
                .add("workflow", Cells.orEmpty(workflow.path("id")))
                .add("name", Cells.orEmpty(workflow.path("name")))
                .add("state", Cells.orEmpty(workflow.path("state")))
                .add("run", Cells.orEmpty(workflow.path("run")))
                .add("created", cells.moment(workflow.path("createdAt")))
                .add("starts", cells.moment(workflow.path("scheduledFor")))
                .add("finished", cells.moment(workflow.path("finishedAt")))
                .add("deadline", cells.moment(workflow.path("deadlineAt")))
                .add(
                        "jobs",
                        "%s made, %s succeeded, %s failed"
                                .formatted(
                                        Cells.text(counts.path("members")),
                                        Cells.text(counts.path("succeeded")),
                                        Cells.text(counts.path("failed"))))
                .add("waits for", waits(workflow))
                .add("error", error(workflow))
                .add("output", workflow.path("output").isNull() ? "" : Json.pretty(workflow.path("output")))
                .text();
    }

    private static String tree(JsonNode nodes) {
        Map<String, Integer> depths = new HashMap<>();
        StringBuilder tree = new StringBuilder();
        for (JsonNode node : nodes) {
            int depth = 1 + depths.getOrDefault(node.path("parent").asText(), -1);
            depths.put(node.path("name").asText(), depth);
            tree.append(DEEPER.repeat(depth)).append(line(node)).append('\n');
        }
        return tree.toString();
    }

    private static String line(JsonNode node) {
        String label = Cells.orEmpty(node.path("label"));
        StringBuilder line = new StringBuilder(node.path("state").asText())
                .append(' ')
                .append(node.path("name").asText())
                .append(label.isEmpty() ? "" : " '" + label + "'")
                .append(" (")
                .append(node.path("kind").asText())
                .append(')');
        if (node.path("kind").asText().equals("map")) {
            line.append(" %s of %s succeeded, %s failed"
                    .formatted(
                            Cells.text(node.path("succeeded")),
                            Cells.text(node.path("size")),
                            Cells.text(node.path("failed"))));
        }
        String error = error(node);
        return line.append(error.isEmpty() ? "" : ": " + error).toString();
    }

    private static String error(JsonNode of) {
        JsonNode error = of.path("error");
        return error.isObject()
                ? (Cells.orEmpty(error.path("type")) + " " + Cells.orEmpty(error.path("message"))).strip()
                : "";
    }
}
