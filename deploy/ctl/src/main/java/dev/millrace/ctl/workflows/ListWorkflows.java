package dev.millrace.ctl.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List workflows, the newest first.")
public final class ListWorkflows implements Verb {

    @Option(names = "--state", paramLabel = "STATE", description = "In this state, such as RUNNING or FAILED.")
    Optional<String> state = Optional.empty();

    @Option(names = "--name", paramLabel = "NAME", description = "Of this name.")
    Optional<String> name = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "With this tag.")
    Optional<String> tag = Optional.empty();

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Call call = Call.get("/workflows")
                .query("state", state.map(text -> text.toUpperCase(Locale.ROOT)).orElse(null))
                .query("name", name.orElse(null))
                .query("tag", tag.orElse(null));
        Table table = new Table(
                Column.whole("WORKFLOW"),
                Column.text("NAME"),
                Column.whole("STATE"),
                Column.number("STEPS"),
                Column.number("JOBS"),
                Column.number("FAILED"),
                Column.number("AGE"),
                Column.text("WAITS FOR"));
        Cells cells = session.cells();
        return session.list(call, most, table, workflow -> row(workflow, cells));
    }

    private static String[] row(JsonNode workflow, Cells cells) {
        JsonNode counts = workflow.path("counts");
        return new String[] {
            Cells.text(workflow.path("id")),
            Cells.text(workflow.path("name")),
            Cells.text(workflow.path("state")),
            counts.path("settled").asText() + "/" + counts.path("nodes").asText(),
            Cells.text(counts.path("members")),
            Cells.text(counts.path("failed")),
            cells.age(workflow.path("createdAt")),
            WorkflowDetails.waits(workflow)
        };
    }
}
