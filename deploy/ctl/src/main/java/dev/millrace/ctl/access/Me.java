package dev.millrace.ctl.access;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;

@Command(name = "me", description = "Show who you are to the server: tenant, role, token.")
public final class Me implements Verb {

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.get("/me"),
                me -> session.out()
                        .text(new Details()
                                .add("server", session.server().url())
                                .add("name", Cells.orEmpty(me.path("name")))
                                .add("role", Cells.orEmpty(me.path("role")))
                                .add("tenant", Cells.orEmpty(me.path("tenant")))
                                .add("token", Cells.orEmpty(me.path("token")))
                                .add("expires", session.cells().moment(me.path("expiresAt")))
                                .text()));
    }
}
