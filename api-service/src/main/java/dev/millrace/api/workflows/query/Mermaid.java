package dev.millrace.api.workflows.query;

import dev.millrace.api.workflows.graph.Edge;
import dev.millrace.api.workflows.graph.Node;
import java.util.Locale;

/** A workflow as a flow chart in the language of Mermaid, with how its nodes stand. */
final class Mermaid {

    /** As it is registered. */
    static final String MEDIA_TYPE = "text/vnd.mermaid";

    private final WorkflowView view;
    private final StringBuilder text = new StringBuilder("flowchart LR\n");

    private Mermaid(WorkflowView view) {
        this.view = view;
    }

    static String of(WorkflowView view) {
        Mermaid chart = new Mermaid(view);
        chart.node(view.graph().root(), "  ");
        view.graph().nodes().forEach(chart::edges);
        return chart.text.toString();
    }

    private void node(Node node, String indent) {
        String title = "\"%s<br/>%s\"".formatted(plain(node), view.status(node).state());
        if (node.step().isScope()) {
            text.append(indent)
                    .append("subgraph n")
                    .append(node.number())
                    .append("[")
                    .append(title)
                    .append("]\n");
            node.children().forEach(child -> node(view.graph().node(child), indent + "  "));
            text.append(indent).append("end\n");
        } else {
            text.append(indent)
                    .append("n")
                    .append(node.number())
                    .append("[")
                    .append(title)
                    .append("]\n");
        }
    }

    /** A label says anything; only what has no meaning in a chart is drawn of it. */
    private static String plain(Node node) {
        String label = node.label() == null ? node.name() : node.label();
        return label.replaceAll("[^\\p{L}\\p{N} _.,:+-]", "_");
    }

    private void edges(Node node) {
        for (Edge edge : node.after()) {
            String on = edge.on() == Edge.On.SUCCESS
                    ? " --> "
                    : " -- " + edge.on().name().toLowerCase(Locale.ROOT) + " --> ";
            text.append("  n")
                    .append(edge.node())
                    .append(on)
                    .append("n")
                    .append(node.number())
                    .append("\n");
        }
    }
}
