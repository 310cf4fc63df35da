package dev.millrace.ctl.workflows;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "retry", description = "Have workflows that ended without success go on from what failed.")
public final class RetryWorkflows implements Verb {

    @Parameters(arity = "1..*", paramLabel = "WORKFLOW", description = "Their ids.")
    List<String> ids = List.of();

    @Override
    public Exit run(Session session) {
        return session.tellEach(
                ids,
                id -> Call.post("/workflows/{}/retry", id).json(Json.object()),
                (id, workflow) -> id + " " + workflow.path("state").asText());
    }
}
