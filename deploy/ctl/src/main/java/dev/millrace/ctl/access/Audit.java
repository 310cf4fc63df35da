package dev.millrace.ctl.access;

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

@Command(name = "audit", description = "List who changed what, the latest first. Needs the role admin.")
public final class Audit implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.number("AGO"),
                Column.text("WHO"),
                Column.text("WHAT"),
                Column.text("TARGET"),
                Column.text("OUTCOME"));
        return session.list(Call.get("/audit"), most, table, entry -> new String[] {
            cells.age(entry.path("at")),
            Cells.text(entry.path("who")),
            Cells.text(entry.path("operation")),
            Cells.text(entry.path("target")),
            Cells.text(entry.path("outcome"))
        });
    }
}
