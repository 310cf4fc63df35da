package dev.millrace.ctl.definitions;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = "Let nothing start with a definition any more; workflows that have begun go on.")
public final class DeleteDefinition implements Verb {

    @Parameters(paramLabel = "DEFINITION", description = "Its name.")
    String name = "";

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.delete("/workflow-definitions/{}", name),
                nothing -> session.out().line(name + " is deleted"));
    }
}
