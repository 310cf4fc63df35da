package dev.millrace.ctl.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List bulk actions, the newest first.")
public final class ListBulks implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.whole("BULK ACTION"),
                Column.whole("WHAT"),
                Column.whole("STATE"),
                Column.number("DONE"),
                Column.number("MATCHED"),
                Column.number("SKIPPED"),
                Column.number("FAILED"),
                Column.number("AGE"),
                Column.text("BY"));
        return session.list(Call.get("/bulk-actions"), most, table, action -> row(action, cells));
    }

    private static String[] row(JsonNode action, Cells cells) {
        return new String[] {
            Cells.text(action.path("id")),
            Cells.text(action.path("action")),
            Cells.text(action.path("state")),
            Cells.text(action.path("done")),
            Cells.text(action.path("matched")),
            Cells.text(action.path("skipped")),
            Cells.text(action.path("failed")),
            cells.age(action.path("createdAt")),
            Cells.text(action.path("askedBy"))
        };
    }
}
