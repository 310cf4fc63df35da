package dev.millrace.ctl.queues;

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

@Command(
        name = "pause",
        description = "Let no worker take jobs of queues, until 'resume'. What runs goes on; submits are accepted.")
public final class PauseQueues implements Verb {

    @Parameters(arity = "1..*", paramLabel = "QUEUE", description = "Their names.")
    List<String> names = List.of();

    @Mixin
    Reason reason = new Reason();

    @Override
    public Exit run(Session session) {
        ObjectNode body = reason.body();
        return session.tellEach(
                names, name -> Call.post("/queues/{}/pause", name).json(body), (name, queue) -> name + " is paused");
    }
}
