package dev.millrace.ctl.definitions;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "versions", description = "List the versions of a definition, the newest first.")
public final class ListVersions implements Verb {

    @Parameters(paramLabel = "DEFINITION", description = "Its name.")
    String name = "";

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        return session.list(
                Call.get("/workflow-definitions/{}/versions", name),
                most,
                DefinitionTable.empty(),
                definition -> DefinitionTable.row(definition, cells));
    }
}
