package dev.millrace.ctl.definitions;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List definitions in the order of their names.")
public final class ListDefinitions implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        return session.list(
                Call.get("/workflow-definitions"),
                most,
                DefinitionTable.empty(),
                definition -> DefinitionTable.row(definition, cells));
    }
}
