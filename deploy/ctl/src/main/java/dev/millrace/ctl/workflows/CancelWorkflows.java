package dev.millrace.ctl.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Reason;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Let nothing more of workflows begin, and ask their jobs that run to stop.")
public final class CancelWorkflows implements Verb {

    @Parameters(arity = "1..*", paramLabel = "WORKFLOW", description = "Their ids.")
    List<String> ids = List.of();

    @Mixin
    Reason reason = new Reason();

    @Override
    public Exit run(Session session) {
        ObjectNode body = reason.body();
        return session.tellEach(
                ids,
                id -> Call.post("/workflows/{}/cancel", id).json(body),
                (id, workflow) -> id + " " + workflow.path("state").asText());
    }
}
