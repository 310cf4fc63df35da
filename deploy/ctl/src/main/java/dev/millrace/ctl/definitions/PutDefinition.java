package dev.millrace.ctl.definitions;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Inputs;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = "Make the next version of a definition, as PUT /api/v1/workflow-definitions/{name} does.")
public final class PutDefinition implements Verb {

    @Parameters(index = "0", paramLabel = "DEFINITION", description = "Its name.")
    String name = "";

    @Parameters(
            index = "1",
            paramLabel = "DOCUMENT",
            description = "JSON with 'root'; @FILE reads it from a file, - from standard input.")
    String document = "";

    @Override
    public Exit run(Session session) {
        String body = Inputs.read(document, session);
        return session.show(
                Call.put("/workflow-definitions/{}", name).body("application/json", body),
                definition -> DefinitionTable.tell(definition, session));
    }
}
