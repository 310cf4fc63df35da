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

@Command(name = "list", description = "List tokens, without their secrets, which are kept nowhere.")
public final class ListTokens implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.whole("TOKEN"),
                Column.text("NAME"),
                Column.whole("ROLE"),
                Column.text("TENANT"),
                Column.number("AGE"),
                Column.number("EXPIRES IN"),
                Column.number("PER SECOND"),
                Column.number("VERSION"));
        return session.list(Call.get("/tokens"), most, table, token -> new String[] {
            Cells.text(token.path("id")),
            Cells.text(token.path("name")),
            Cells.text(token.path("role")),
            Cells.text(token.path("tenant")),
            cells.age(token.path("createdAt")),
            cells.in(token.path("expiresAt")),
            Cells.text(token.path("requestsPerSecond")),
            Cells.text(token.path("version"))
        });
    }
}
