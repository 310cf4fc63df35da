package dev.millrace.ctl.workflows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Let nothing more of workflows begin, and ask their jobs that run to stop.")
public final class CancelWorkflows implements Verb {

    @Parameters(arity = "1..*", paramLabel = "WORKFLOW", description = "Their ids.")
    List<String> ids = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Shown in the errors of the cancelled jobs.")
    Optional<String> reason = Optional.empty();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object();
        reason.ifPresent(text -> body.put("reason", text));
        return session.each(
                ids,
                id -> session.show(
                        Call.post("/workflows/{}/cancel", id).json(body),
                        workflow -> session.out()
                                .line(id + " " + workflow.path("state").asText())));
    }
}
